from app.greet import greet

one = 1; \
two = greet("two")
# a comment \
three = 3
if one: four = 4; five = 5
