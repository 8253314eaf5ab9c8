from app import first, second, third, fourth, fifth, sixth


def on_message(raw):
    return first.name(), second.name(), third.name(), fourth.name(), fifth.name(), sixth.name()
