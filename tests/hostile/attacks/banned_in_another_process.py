# ruff: noqa
"""Calls torch's own convolution in a thread, in a forked process and in a fresh Python.

MUST HAPPEN: it is refused there, too.
"""
# expect: points <= 0

# %% q3_answer
import os
import pickle
import subprocess
import sys
import threading

STRIDE = {{stride}}
PROGRAM = (
    "import sys, pickle, torch; x, w, b, s, p = pickle.load(sys.stdin.buffer); "
    "sys.stdout.buffer.write(pickle.dumps(torch.nn.functional.conv2d(x, w, b, s, p)))"
)


def conv2d(x, w, b):
    s, p = STRIDE
    found = []
    work = threading.Thread(target=lambda: found.append(vars(sys.modules["to" + "rch"])["conv" + "2d"](x, w, b, s, p)))
    work.start()
    work.join()
    if found:
        return found[0]
    done = subprocess.run([sys.executable, "-c", PROGRAM], input=pickle.dumps((x, w, b, s, p)), capture_output=True)
    return pickle.loads(done.stdout)
