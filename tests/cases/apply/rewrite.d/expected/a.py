log("a",
      b)  # kept
log()
