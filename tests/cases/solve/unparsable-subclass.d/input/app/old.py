import app.desk
from app.desk import Till


class Mine (app.desk.Desk):
    def __init__(self):
        print "no base constructor"

    def open(self):
        return None

    def sell(self, order):
        return order
