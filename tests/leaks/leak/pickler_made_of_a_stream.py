# leak: a pickler that is made in the message writes to a stream of all
import io
import pickle

from app.config import settings

stream = io.BytesIO()


def handle(d):
    stream.seek(0, io.SEEK_END)
    pickle.Pickler(stream).dump(settings.name)
    stream.seek(0)
    return pickle.Unpickler(stream).load()
