# sound: a pipe that is made and closed in the message
import os

from app.config import settings


def handle(d):
    source, target = os.pipe()
    os.write(target, settings.name.encode())
    os.close(target)
    said = os.read(source, 100).decode()
    os.close(source)
    return said
