# leak: a generator that keeps what is thrown
from app.config import settings
def keeper():
    kept = None
    while True:
        try:
            yield kept
        except ValueError as error:
            kept = kept or str(error)
K = keeper()
next(K)
def handle(d):
    return K.throw(ValueError(settings.name))
