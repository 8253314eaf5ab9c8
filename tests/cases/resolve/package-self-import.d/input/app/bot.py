from app.apis import chat_api, send_api


def on_message(raw):
    return chat_api.nickname() + send_api.send(raw["text"])
