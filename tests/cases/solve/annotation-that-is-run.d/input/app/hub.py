from app import kinds
from app.config import settings


class Hub:
    def __init__(self):
        self.limit = settings.limit


run: Hub() = Hub()
inside: dict[str, list[Hub()]] = Hub()
subscript: kinds.of(1)[Hub] = Hub()
plain: "Hub" = Hub()
