late = dict() \
from app.greet import greet
