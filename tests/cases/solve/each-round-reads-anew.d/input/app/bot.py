from app.loops import awaits, ends, endless, iterates, keeps, sleeps


async def on_message(raw):
    await awaits()
    await iterates(raw["rows"])
    return sleeps(), endless(), ends(raw["rows"]), keeps(raw["done"])
