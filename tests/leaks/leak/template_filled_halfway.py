# leak: a template is filled in with the bot's name and kept
from string import Template

from app.config import settings

WELCOME = Template("$bot welcomes $user")


def brand(template):
    template.template = template.safe_substitute(bot=settings.name)
    return template


async def handle(d):
    return brand(WELCOME).substitute(user=d["user"])
