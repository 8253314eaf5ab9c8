import inspect

from app.case import handle


async def on_message(raw):
    answer = handle(raw)
    if inspect.isawaitable(answer):
        answer = await answer
    return answer
