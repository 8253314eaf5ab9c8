import app.stores
import app.stores as stores
from app.api import chats, get_tools, process_wide
from app.moods import mood_manager
from app.parts import get_store
from app.stores import global_cache as cache


def mood(user):
    return mood_manager.of(user)


def read(key):
    return get_store().read(key) or stores.get_store().read(key) or app.stores.global_cache.read(key)


def setup(bot):
    @bot.on_message
    def handle(message):
        tools = get_tools()
        return mood(message.user), read("k"), cache.read("k"), chats.all(), tools.all(), process_wide.all()

    bot.stores = get_store
