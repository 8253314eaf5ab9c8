import enum

from aiohttp import web
from fastapi import FastAPI, Request
from flask import current_app, g

app = FastAPI()


class ModeConfig(str, enum.Enum):
    FAST = "fast"
    SLOW = "slow"
    OTHER = "other"


@app.on_event("startup")
async def begin():
    app.state.db = object()
    app.state.settings = {"limit": 3}


@app.get("/limit")
async def limit(request: Request):
    await request.app.state.db.fetch("select 1")
    return request.app.state.settings["limit"]


@app.get("/names")
async def names(request: Request):
    rows = await request.app.state.db.fetch("select name")
    return rows[: request.app.state.settings["limit"]]


async def old_names(request: web.Request):
    return request.app["pool"].names(), request.app["pool"].limit


def extension():
    return current_app.extensions["cache"].get(g.db.name), current_app.extensions["cache"]


def about(app: dict):
    return app["slug"], app["slug"]
