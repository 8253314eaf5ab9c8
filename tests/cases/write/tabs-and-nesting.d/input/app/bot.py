from app.config import settings


class Bot:
	"""A bot."""

	name = "bot"

	def greet(self,
			  a,
			  b=1):
		return self.show(
			a,
			b,
		), settings.name

	def show(self, a, b):
		return a, b


def run(
	raw,
	greet=True,
):
	return Bot().greet(
		raw,
	)


def on_message(raw):
	return run(
		raw,
		greet=False
	)
