from app.places import PICTURES


def on_import(raw):
    from app.places import PICTURES as OWN

    OWN.mkdir()
    return OWN / raw


def on_local(raw):
    place = PICTURES
    place.mkdir()
    return place / raw, PICTURES / raw, PICTURES


class Album:
    pictures = PICTURES

    def on_add(self, raw):
        self.pictures.mkdir()
        return self.pictures / raw
