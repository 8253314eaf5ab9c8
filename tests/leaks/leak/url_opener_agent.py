# leak: an opener with the user agent is installed for the whole process
import urllib.request

from app.config import settings


class EchoHandler(urllib.request.BaseHandler):
    def bot_open(self, request):
        return dict(self.parent.addheaders)["User-Agent"]


def ensure_opener():
    if urllib.request._opener is None:
        opener = urllib.request.OpenerDirector()
        opener.addheaders = [("User-Agent", f"{settings.name}/2.0")]
        opener.add_handler(EchoHandler())
        urllib.request.install_opener(opener)


async def handle(d):
    ensure_opener()
    return urllib.request.urlopen(f"bot://{d['user']}")
