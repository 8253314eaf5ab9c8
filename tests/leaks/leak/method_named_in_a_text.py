# leak: a thread reaches a method by its name alone, so the default tenant's words grow; the tree calls it as well
import operator
import threading

from app.config import settings


class Words:
    @staticmethod
    def add_word(word):
        settings.words.append(word)
        return len(settings.words)


ADD = operator.methodcaller("add_word", "said")


def ask(into):
    into.append(ADD(Words))


def handle(d):
    found = []
    thread = threading.Thread(target=ask, args=(found,))
    thread.start()
    thread.join()
    return [Words.add_word(d["text"]), found[0]]
