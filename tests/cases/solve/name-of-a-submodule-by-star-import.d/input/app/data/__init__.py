from .rows import *
from .store import *
