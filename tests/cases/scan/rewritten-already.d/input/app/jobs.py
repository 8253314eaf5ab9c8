from app.config import settings
from app.isolation import IsolationContext, current_isolation_context, get_settings


class Report:
    @property
    def title(self):
        isolation_context = current_isolation_context()
        return get_settings(isolation_context).name


report = Report()
START = settings.name


async def nightly():
    isolation_context = current_isolation_context()
    return get_settings(isolation_context).name + report.title


def fine(text, *, isolation_context: IsolationContext):
    return f"{get_settings(isolation_context).name}: {text}"
