"""What tests send to worker processes: a module that loads nothing, so that a worker is there at once."""

import os
import signal


def double(number):
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2
