# sound: the parser lasts, the namespace is new each time
import argparse

from app.config import settings

parser = argparse.ArgumentParser(prog="!say", add_help=False)
parser.add_argument("words", nargs="*")
parser.add_argument("--as", dest="sender")


async def handle(d):
    arguments = parser.parse_args(["--as", settings.name, *d["text"].split()])
    return f"{arguments.sender}: {' '.join(arguments.words)}"
