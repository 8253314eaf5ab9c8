from fastapi import APIRouter

from app.config import settings

router = APIRouter()


def name():
    return settings.name


@router.get("/name")
async def get_name(q: str = ""):
    return name() + q


class Page:
    @router.get("/page")
    def page(self):
        return settings.page
