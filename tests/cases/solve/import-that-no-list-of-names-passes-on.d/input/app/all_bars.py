from app.bars import *
from app.more_bars import *
