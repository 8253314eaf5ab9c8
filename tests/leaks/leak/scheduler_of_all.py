# leak: what is due is in one scheduler, whose queue is shown to all
import sched

from app.config import settings

planner = sched.scheduler(lambda: 0, lambda delay: None)


async def handle(d):
    planner.enter(60, 1, print, argument=(settings.name,))
    return [event.argument[0] for event in planner.queue]
