log("a")
