# leak: the transcript is a StringIO of the module that print writes to
import io

from app.config import settings

transcript = io.StringIO()


def say(*words):
    print(*words, sep=" ", file=transcript)


async def handle(d):
    say(settings.name, "heard", d["text"])
    return transcript.getvalue().splitlines()[-3:]
