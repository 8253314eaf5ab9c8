from app.bars import *
