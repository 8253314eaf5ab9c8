import app.store
from app.store import store

from .work import *
