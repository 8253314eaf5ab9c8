from app.config import settings

JOBS = ["by_table"]


def on_message(raw):
    send(content="never")
    shared()
    return from_a_table_too(), from_dead_only


def send(content):
    return content


def shared():
    return settings.name


def never():
    return shared(), dead_helper()


def dead_helper():
    return settings.dead


def from_dead_only():
    return settings.handed_on


def by_table():
    return from_a_table_too()


def from_a_table_too():
    return settings.table


class Plugin:
    def by_word(self):
        return from_a_method_too()


def from_a_method_too():
    return settings.method


def run(plugin, raw):
    return getattr(plugin, raw, "by_word"), on_message(raw), from_a_method_too()
