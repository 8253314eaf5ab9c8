from app.greet import greet


def first(key): \
        return greet(key)


def second(key):
	text = greet(key); \
    text += key
        # a comment counts as nothing
	return text
