settings = "quiet"
