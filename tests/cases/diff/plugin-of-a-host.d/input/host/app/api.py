from app.isolation import IsolationContext, current_isolation_context, get_settings


class Plugin:
    def __init__(self, *, isolation_context: IsolationContext | None = None) -> None:
        if isolation_context is None:
            isolation_context = current_isolation_context()
        self.isolation_context = isolation_context

    def greet(self, name):
        return get_settings(self.isolation_context).greeting + name


def nickname(user, *, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return get_settings(isolation_context).names[user]


def plain(user):
    return user


class Tool:
    def run(self, words, *, isolation_context: IsolationContext):
        raise NotImplementedError

    def cost(self):
        return 1


def run_all(tools, words, *, isolation_context: IsolationContext):
    return [tool.run(words, isolation_context=isolation_context) for tool in tools if tool.cost() < 9]
