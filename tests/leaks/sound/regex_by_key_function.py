# sound: the pattern that lasts is of constants; the sort's key keeps nothing
import re

from app.config import settings

WORD = re.compile(r"\w+")
WEIGHTS = {"hi": 3, "hello": 2}


def weight(word):
    return -WEIGHTS.get(word, 0), word


async def handle(d):
    words = WORD.findall(f"{settings.name}, {d['text']}!")
    return sorted([*words, *settings.words], key=weight)
