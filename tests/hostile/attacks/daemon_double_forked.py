# ruff: noqa
"""A daemon that leaves session, group and parent behind, and means to outlive the run.

MUST HAPPEN: it dies with the submission.
"""
# expect: points <= 0

# %% q1_answer
import os
import signal
import subprocess
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.setsid()
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        os.closerange(3, 256)
        subprocess.Popen(["setsid", "nohup", "sleep", "31337"])
        while True:
            time.sleep(1)
    os._exit(0)
time.sleep(0.2)
print("tried")
