from app.config import settings

REGISTRY = {}


def register(klass):
    REGISTRY[klass.__name__] = klass
    return klass


@register
class Part:
    def show(self):
        return settings.prefix


@register
class Other(Part):
    def show(self):
        return super().show() + settings.suffix
