from app.other import get_isolated_manager


class Manager:
    inner = get_isolated_manager("default")


manager = Manager()
