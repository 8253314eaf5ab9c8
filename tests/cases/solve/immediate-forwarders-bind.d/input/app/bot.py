import asyncio
import functools
import re
import threading

from app.config import settings


def weigh(x):
    return x * settings.weight


def replace(match):
    return match.group() + settings.suffix


async def on_message(raw):
    await asyncio.to_thread(weigh, 1)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, weigh, 2)
    threading.Thread(target=weigh, args=(3,)).start()
    bound = functools.partial(weigh, 4)
    text = re.sub("a", replace, raw)
    numbers = sorted([3, 1], key=weigh)
    doubled = list(map(weigh, numbers))
    return max(doubled, key=lambda x: weigh(x)), bound(), text
