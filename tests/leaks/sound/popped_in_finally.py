# sound: a stack that is popped in finally
from app.config import settings
STACK = []
def handle(d):
    STACK.append(settings.name)
    try:
        return STACK[-1]
    finally:
        STACK.pop()
