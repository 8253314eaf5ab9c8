from app.config import settings


def choose(key, one, other):
    return one if key else other


def first(key, size=choose("a" \
  , 1,
       2), owner=(settings
         .owner
      .upper()), **rest):
    return key, size, owner


def second(key, owner=(
        settings
    .owner)):
    return key, owner


def third(key, sizes=choose(
    "a", [
      1,
    ],
    2)):
    return key, sizes


def on_message(raw):
    return first(raw), second(raw), third(raw)
