__all__ = ["start"]
from app.kinds import *
