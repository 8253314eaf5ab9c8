def on_message(raw):
    from app.main import bot

    return bot.on_message(raw)
