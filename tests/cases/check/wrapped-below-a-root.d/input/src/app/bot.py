from app.iso import Context, scoped
from app.models import Message


def count(*, context: Context):
    return len(scoped(Message, context).select())
