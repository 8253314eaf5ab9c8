import asyncio
import os
import shutil
from pathlib import Path

from app.config import settings

BASE = os.path.join("data")
PICTURES = os.path.join(BASE, "pictures")
FOLDERS = [os.path.join(BASE, "new"), os.path.join(BASE, "old")]


class Album:
    THUMBNAILS = "data/thumbnails"

    def __init__(self, folder=Path("data") / "albums"):
        self.folder = folder
        self.names = set()

    def add(self, name, picture):
        os.makedirs(PICTURES, exist_ok=True)
        path = os.path.join(PICTURES, name)
        with open(path, "wb") as file:
            file.write(picture)
        self.names.add(name)
        return f"{settings.name}: {name}"

    def clean(self):
        for name in os.listdir(PICTURES):
            if name not in self.names:
                remove(os.path.join(PICTURES, name))
        for folder in FOLDERS:
            shutil.rmtree(folder)
        (self.folder / "index").unlink()
        os.rename(f"{self.THUMBNAILS}/a", self.THUMBNAILS + "/b")


async def clean_elsewhere():
    await asyncio.to_thread(os.remove, os.path.join(PICTURES, "x"))
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, shutil.rmtree, PICTURES)


def remove(path):
    os.remove(path)


album = Album()
