import pause
import time


def wait():
    time.sleep()
    pause.sleep()
