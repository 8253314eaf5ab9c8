from fastapi import FastAPI

from app.config import get_settings, settings

app = FastAPI()


def title():
    return settings.name + get_settings().name


@app.get("/")
def index():
    return title()
