from app.config import settings


def name(prefix, suffix):
	return settings.name


def run():
	return name("prefix", "suffix")
