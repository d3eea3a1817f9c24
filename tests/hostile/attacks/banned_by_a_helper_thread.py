# ruff: noqa
"""A thread that was started before the call convolves while the function waits for it.

MUST HAPPEN: it is refused there, too.
"""
# expect: points <= 0

# %% q3_answer
import queue
import threading

import torch

STRIDE = {{stride}}
asked, answered = queue.Queue(), queue.Queue()


def help():
    while True:
        x, w, b = asked.get()
        try:
            answered.put(vars(torch)["conv" + "2d"](x, w, b, *STRIDE))
        except Exception as error:
            answered.put(error)


threading.Thread(target=help, daemon=True).start()


def conv2d(x, w, b):
    asked.put((x, w, b))
    return answered.get(timeout=0.5)
