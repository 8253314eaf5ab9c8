"""Written between the stages."""
from app.isolation.legacy import count, stand_in
from app.mood import Moods


def get_name():
    print(count("app.late.get_name"))


def get_two():
    return Moods, count("app.late.get_two")


names = stand_in("app.late.names")
