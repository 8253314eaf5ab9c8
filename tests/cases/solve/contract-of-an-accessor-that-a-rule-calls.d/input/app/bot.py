from app.isolation import context_from_message
from app.store import get_isolated_store
from app.task import Task


def on_message(raw):
    isolation_context = context_from_message(raw)
    task = Task(get_isolated_store(isolation_context))
    return task.run(isolation_context=isolation_context)
