# leak: the transcript is a temporary file that stays open
import tempfile

from app.config import settings

transcript = tempfile.TemporaryFile("w+", encoding="utf-8")


def write(line):
    transcript.seek(0, 2)
    transcript.write(line + "\n")
    transcript.flush()


def tail(count):
    transcript.seek(0)
    return transcript.read().splitlines()[-count:]


async def handle(d):
    write(f"{settings.name} < {d['text']}")
    return tail(3)
