import threading

from lib import Base, Client
from cards import Own


class Chat(Client):
    pass


chat: Client


def go(queue):
    global chat
    thread = threading.Thread(target=print)
    thread.start()
    chat = Chat()
    chat.start()
    queue.start()
    Base().start("card", "template")
    Own().start("card")
