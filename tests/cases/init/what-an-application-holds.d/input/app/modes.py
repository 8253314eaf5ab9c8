from app.web import ModeConfig


def pick(fast):
    if fast:
        return ModeConfig.FAST
    return ModeConfig.SLOW if fast is None else ModeConfig.OTHER
