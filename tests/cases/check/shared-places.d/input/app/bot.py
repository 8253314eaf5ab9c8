from app.album import album
from app.apart import keep, write


def on_message(raw):
    keep(raw, "red")
    write("data/of-all.txt", raw)
    album.clean()
    return album.add("x", raw)
