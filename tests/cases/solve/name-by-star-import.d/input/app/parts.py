from app.kinds import *
