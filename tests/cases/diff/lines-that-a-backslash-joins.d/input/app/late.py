"""Of late.""" \

def late():
    from app.config import settings \

    return settings.late
