import threading

from lib import Widget

from app.config import settings


class Label(str):
    def coloured(self):
        return settings.colour + self

    def upper(self):
        return settings.upper


class Failure(ValueError):
    def explain(self):
        return settings.help


class Worker(threading.Thread):
    def run(self):
        return self.step()

    def step(self):
        return settings.step


class Button(Widget):
    def press(self):
        return settings.sound


class RoundLabel(Label):
    def both(self):
        return self.coloured() + self.upper()


def on_message(raw):
    return RoundLabel(raw).both(), Failure().explain(), Button().press(), Worker().step()
