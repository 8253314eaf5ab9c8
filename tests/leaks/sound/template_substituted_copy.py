# sound: substitute() makes a new string, the template stays
from string import Template

from app.config import settings

WELCOME = Template("$bot welcomes $user")


def brand(template):
    return Template(template.safe_substitute(bot=settings.name))


async def handle(d):
    return brand(WELCOME).substitute(user=d["user"]), WELCOME.template
