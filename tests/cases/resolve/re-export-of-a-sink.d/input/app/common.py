from app.config import *
