from app.apis import chat_api
from . import send_api

__all__ = ["chat_api", "send_api"]
