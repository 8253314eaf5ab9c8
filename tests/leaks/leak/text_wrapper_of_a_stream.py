# leak: a wrapper that is made in the message writes to a stream of all
import io

from app.config import settings

raw = io.BytesIO()


def handle(d):
    wrapper = io.TextIOWrapper(raw, "utf-8", write_through=True)
    wrapper.write(settings.name)
    wrapper.detach()
    return raw.getvalue().decode()
