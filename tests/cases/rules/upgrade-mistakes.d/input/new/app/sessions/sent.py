class SentMessage:
    text = ""
