import re

from app.bot import replace

text = re.sub("a", replace, "banana")

from functools import partial

other = re.sub("b", replace, "banana")
bound = partial(int, base=2)
