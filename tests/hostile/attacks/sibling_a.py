# ruff: noqa
"""One of three who work together: leaves word for the others in every place that might be shared, and looks for theirs.

MUST HAPPEN: none finds anything.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os
import stat
import socket
import sys
import time

ME, OTHERS = "sibling-a-was-here", ("sibling-b-was-here", "sibling-c-was-here")
places = ["/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue", "/run", "/dev", os.path.expanduser("~"), "/proc/self/cwd"]
for place in places:
    try:
        with open(f"{place}/{ME}", "w") as file:
            file.write(ME)
    except OSError:
        pass
listener = socket.socket(socket.AF_UNIX)
try:
    listener.bind(f"\0{ME}")
    listener.listen()
except OSError:
    pass
for name in os.listdir("/proc/self/fd"):
    try:
        if stat.S_ISREG(os.fstat(int(name)).st_mode):
            os.pwrite(int(name), ME.encode(), 100 * ord(ME[8]))
    except OSError:
        pass
sys.modules["sibling"] = ME
os.environ["SIBLING"] = ME
end, found = time.monotonic() + 0.6, set()
while time.monotonic() < end:
    for other in OTHERS:
        for place in places:
            if os.path.exists(f"{place}/{other}"):
                found.add(place)
        try:
            with socket.socket(socket.AF_UNIX) as caller:
                caller.connect(f"\0{other}")
                found.add("abstract socket")
        except OSError:
            pass
        for name in os.listdir("/proc/self/fd"):
            try:
                if other.encode() in os.pread(int(name), 20_000, 0):
                    found.add(f"descriptor {name}")
            except OSError:
                pass
    time.sleep(0.05)
for number in range(64):
    for call in ("shmget", "msgget", "semget"):
        try:
            syscall(call, 77 + number, 4096, 0o1666)
            found.add(call)
        except OSError:
            pass
if "sibling" in sys.modules and sys.modules["sibling"] != ME or os.environ["SIBLING"] != ME:
    found.add("memory")
print("ESCAPED" if found else "tried", found)
