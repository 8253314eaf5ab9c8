name = "bot"
