# sound: what a socket of the module sends is no more in it
import socket

from app.config import settings

_here, _there = socket.socketpair()


def handle(d):
    _here.send(settings.name.encode())
    return _there.recv(64).decode()
