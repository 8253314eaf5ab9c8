from app.config import global_config
from app.mood import mood_manager
from app.session import Session

DEFAULT_NAME = global_config.bot.nickname


async def on_message(raw):
    session = Session(raw["chat"])
    await session.answer(raw["text"])
    return mood_manager.mood(raw["chat"])
