from pydantic import BaseModel


class Config(BaseModel):
    reward: int = 5
