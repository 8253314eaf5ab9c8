class Serial:
    def __init__(self):
        self.number = -1


Serial = Serial()


def next_serial(serial=Serial):
    serial.number += 1
    return serial.number
