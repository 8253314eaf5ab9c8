# leak: the event loop's handler of exceptions is set by who comes first
import asyncio

from app.config import settings


def ensure_handler(loop, prefix):
    if loop.get_exception_handler() is None:
        def report(loop, context):
            reports.append(f"{prefix}: {context['message']}")
        loop.set_exception_handler(report)


reports = []


async def handle(d):
    loop = asyncio.get_running_loop()
    ensure_handler(loop, settings.name)
    reports.clear()
    loop.call_exception_handler({"message": d["text"]})
    return reports[0]
