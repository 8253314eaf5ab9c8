from app.config import settings


class Client:
    def __init__(self, agent: str = settings, size: int = 1) -> None:
        self.agent = agent

    def ask(self, agent: str = settings) -> str:
        return agent


client = Client()
