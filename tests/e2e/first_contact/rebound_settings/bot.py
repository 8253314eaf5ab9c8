from config import conf


class Bot:
    def reply(self, text):
        return conf().get("prefix", "") + text
