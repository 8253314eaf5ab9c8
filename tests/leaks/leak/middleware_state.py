# leak: the application's chain of middleware has objects with a state of their own
from app.config import settings


class Middleware:
    def __init__(self, following):
        self.following = following

    async def __call__(self, message):
        return await self.following(message)


class Quoting(Middleware):
    previous = ""

    async def __call__(self, message):
        answer = await super().__call__(message)
        quoted, self.previous = self.previous, answer
        return f"> {quoted}\n{answer}"


async def endpoint(message):
    return f"{settings.name} heard {message['text']}"


app = endpoint
for layer in (Middleware, Quoting):
    app = layer(app)


async def handle(d):
    return await app(d)
