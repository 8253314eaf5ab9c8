from app.rows import Borg, Counted, Record


def on_message(raw):
    return Borg().title(), Record(a=1).limit(), Counted(2).name()
