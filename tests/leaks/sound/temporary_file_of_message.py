# sound: the temporary file is deleted with the message
import tempfile

from app.config import settings


def attach(lines):
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8", suffix=".txt") as file:
        file.writelines(line + "\n" for line in lines)
        file.flush()
        with open(file.name, encoding="utf-8") as again:
            return again.read()


async def handle(d):
    return attach([settings.name, d["text"]])
