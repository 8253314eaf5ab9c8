from telethon import TelegramClient


class Client(TelegramClient):
    def cat_cmd(self, pattern):
        def keep(function):
            self.add_event_handler(function)
            return function

        return keep


client = Client("bot")
