import peewee


class Order(peewee.Model):
    pass


class Line(peewee.Model):
    pass
