class Job:
    def __init__(self, config):
        self.config = config

    def run(self):
        return [self.config.a, self.config.b, self.config.c, self.config.d, self.config.e, self.config.f,
                self.config.g, self.config.h, self.config.i]
