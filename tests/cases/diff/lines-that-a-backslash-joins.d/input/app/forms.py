import sys

from app.kinds import Kind \

plain = Kind() \

last = Kind()
