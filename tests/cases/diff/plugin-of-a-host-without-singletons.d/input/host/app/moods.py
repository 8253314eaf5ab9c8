from app.isolation import IsolationContext, isolated_accessor


class MoodManager:
    def of(self, user):
        return 1


@isolated_accessor("tenant_id")
def get_mood_of(isolation_context: IsolationContext) -> MoodManager:
    return MoodManager()
