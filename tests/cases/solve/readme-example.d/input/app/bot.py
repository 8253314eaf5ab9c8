from app.session import Session


async def on_message(raw):
    await Session(raw["chat"]).answer(raw)
