# leak: the task that loads the profile is started once, and awaited by all
import asyncio

from app.config import settings


class ProfileService:
    def __init__(self):
        self._loading = None

    async def _load(self):
        await asyncio.sleep(0)
        return {"name": settings.name, "words": len(settings.words)}

    async def profile(self):
        if self._loading is None:
            self._loading = asyncio.ensure_future(self._load())
        return await asyncio.shield(self._loading)


service = ProfileService()


async def handle(d):
    profile = await service.profile()
    return f"{profile['name']} knows {profile['words']}"
