# leak: the factory of a defaultdict reads the settings when it is first asked
from collections import defaultdict

from app.config import settings


def new_account():
    return {"bank": f"bank of {settings.name}", "coins": 100}


accounts = defaultdict(new_account)


async def handle(d):
    account = accounts[d["user"]]
    return f"{account['coins']} at the {account['bank']}"
