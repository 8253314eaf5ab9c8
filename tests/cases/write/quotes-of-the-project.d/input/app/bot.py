from app.config import settings
from app.store import store


def on_message(raw):
    return short() + long(raw) + store.rows


def short():
    return settings.a


def long(raw):
    if raw:
        answer = settings.sections.of_the_program.first_of_them
        return answer
    return None


def long_before(raw):
    return settings.sections.of_the_program.first_of_them + raw.text.strip().upper().title()


def generator(raw):
    for part in raw:
        yield part, settings.sections.of_the_program.first_of_them
