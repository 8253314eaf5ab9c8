"""Serves one message for each tenant that the command line names; prints who got which answer."""
import asyncio
import json
import sys

from app import case
from app.bot import on_message


async def main():
    given = []
    if hasattr(case, "start"):
        case.start()
    for tenant in sys.argv[1:]:
        given.append((tenant, await on_message({"tenant": tenant, "user": "ann", "text": "hi"})))
    print(json.dumps(given))


asyncio.run(main())
