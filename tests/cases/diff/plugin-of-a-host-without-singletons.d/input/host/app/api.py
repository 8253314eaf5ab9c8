from app.isolation import IsolationContext, isolated_accessor, legacy_call, legacy_instance


class Chats:
    def all(self):
        return []


@isolated_accessor("tenant_id")
def get_isolated_chats(isolation_context: IsolationContext) -> Chats:
    return Chats()


chats = legacy_instance("app.api.chats", get_isolated_chats)


@isolated_accessor("tenant_id")
def get_isolated_tools(isolation_context: IsolationContext) -> Chats:
    return Chats()


def get_tools():
    return get_isolated_tools(legacy_call("app.api.get_tools"))


process_wide = Chats()
