from bot import Bot
from config import conf, load_config


def run():
    load_config()
    bot = Bot()
    if conf()["greet"]:
        print(bot.reply("hello"))


if __name__ == "__main__":
    run()
