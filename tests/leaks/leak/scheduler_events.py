# leak: the events of a scheduler wait until someone runs them
import sched

from app.config import settings

clock = [0]
scheduler = sched.scheduler(lambda: clock[0], lambda delay: None)
done = []


async def handle(d):
    done.clear()
    scheduler.run(blocking=False)
    scheduler.enter(1, 1, done.append, argument=(f"{settings.name} reminds {d['user']}",))
    clock[0] += 5
    return list(done)
