from app import gbk, latin


def on_message(raw):
    return gbk.name("好"), latin.name("é")
