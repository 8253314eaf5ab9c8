# leak: the cookies of the client that lasts are sent with everyone's requests
from http.cookies import SimpleCookie

from app.config import settings


class HttpClient:
    def __init__(self):
        self.cookies = SimpleCookie()

    def request(self, path):
        sent = self.cookies.output(header="", sep=";").strip()
        self._receive(f"sid={settings.name}-{len(path)}; Path=/")
        return sent

    def _receive(self, header):
        self.cookies.load(header)


client = HttpClient()


async def handle(d):
    return client.request("/" + d["user"])
