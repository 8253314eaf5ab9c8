from typing import Protocol

from app.config import settings


class Speaks(Protocol):
    def speak(self, text: str) -> str: ...


class Runs(Protocol):
    async def run(self) -> None: ...

    def stop(self) -> None: ...


class Loud:
    def speak(self, text):
        return text + settings.loud


class Quiet:
    def speak(self, text):
        return text


class Job:
    async def run(self):
        return settings.job

    def stop(self):
        return None


class OnlyRuns:
    async def run(self):
        return None


def say(speaker: Speaks):
    return speaker.speak("a")


async def start(job: Runs):
    await job.run()


def on_message(raw):
    return say(Loud()), say(Quiet()), start(Job())
