# leak: what is pickled refers to an object by its id in a store
import io
import pickle

from app.config import settings

_store = {}


class Attachment:
    def __init__(self, owner):
        self.owner = owner


class Packer(pickle.Pickler):
    def persistent_id(self, obj):
        if isinstance(obj, Attachment):
            _store.setdefault("attachment", obj)
            return "attachment"


class Unpacker(pickle.Unpickler):
    def persistent_load(self, key):
        return _store[key]


async def handle(d):
    buffer = io.BytesIO()
    Packer(buffer).dump({"to": d["user"], "file": Attachment(settings.name)})
    buffer.seek(0)
    return Unpacker(buffer).load()["file"].owner
