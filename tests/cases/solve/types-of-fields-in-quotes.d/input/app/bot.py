from typing import cast

from app.a import Holder, Store


def on_message(raw, holder: Holder):
    return holder.limits(), cast("Store", raw.store).limit()
