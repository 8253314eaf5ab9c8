import functools

import scheduler
from app.config import settings


def fixed(function):
    @functools.wraps(function)
    def wrapper(text):
        return function(text)
    return wrapper


def open_wrapper(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper


def registered(function):
    HANDLERS.append(function)
    return function


class Counted:
    def __init__(self, function):
        self.function = function

    def __call__(self, text):
        return self.function(text)


HANDLERS = []


@fixed
def shout(text):
    return text + settings.shout


@open_wrapper
def whisper(text):
    return text + settings.whisper


@registered
def speak(text):
    return text + settings.speak


@Counted
def count(text):
    return text + settings.count


@scheduler.every(5)
def tick(text="tick"):
    return text + settings.tick


def on_message(raw):
    for handler in HANDLERS:
        handler("hello")
    tick()
    return shout("a"), whisper("b"), speak("c"), count("d")
