from app.manager import Keeper, manager


def main():
    manager.warm_up()


def on_message(raw):
    mine = manager
    mine.for_a_local()
    Keeper().use()
    return manager.answer(raw)
