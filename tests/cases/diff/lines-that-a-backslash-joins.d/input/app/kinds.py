from app.config import settings \

class Kind:
    """What has a size.""" \

    def __init__(self):
        """Makes one.""" \

        self.size = settings.size
