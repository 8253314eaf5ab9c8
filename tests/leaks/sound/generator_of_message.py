# sound: the generator is made for the message and run to its end
from app.config import settings


def pages(lines, size):
    page = []
    for line in lines:
        page.append(line)
        if len(page) == size:
            yield "\n".join(page)
            page = []
    if page:
        yield "\n".join(page)


async def handle(d):
    return list(pages([settings.name, *settings.words, d["text"]], 2))
