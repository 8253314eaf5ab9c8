class Model:
    pass


class Message(Model):
    pass
