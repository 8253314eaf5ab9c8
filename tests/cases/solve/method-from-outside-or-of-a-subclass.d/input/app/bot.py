from app.models import Asset, One, Plain, Two
from app.views import Empty, Long, Page, Short


def on_message(raw):
    Asset().connect(raw)
    Plain().connect(raw)
    Page().answer(raw)
    Empty().answer(raw)
    Short().count(raw)
    Long().count(raw)
    return One(), Two()
