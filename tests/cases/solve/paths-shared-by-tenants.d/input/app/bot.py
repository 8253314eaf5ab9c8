from app.album import album, clean_elsewhere
from app.apart import keep, write


def on_message(raw):
    keep(raw, "red")
    write("data/of-all.txt", raw)
    album.clean()
    clean_elsewhere()
    return album.add("x", raw)
