from app.config import settings
from app.main import router


@router.get("/")
async def index():
    # comment
    return settings.a


@router.get("/x")
async def empty(): return {"x": settings.a, "y": settings.b}
