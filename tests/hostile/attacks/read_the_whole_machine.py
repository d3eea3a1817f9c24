# ruff: noqa
"""Walks all that can be seen and looks for notebooks, keys, histories, credentials and the course's files by name.

MUST HAPPEN: nothing but the system's and Python's own files can be seen.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os
import time

WANTED = {"course.toml", "roster.csv", "gradebook.db", "secret", "canary.txt", "canary.py", "id_rsa", "id_ed25519"}
WANTED |= {".bash_history", ".netrc", ".pypirc", ".git-credentials", "authorized_keys", "shadow", "hw.ipynb", "hw.toml"}
end, seen, found = time.monotonic() + 0.8, 0, []
for top in (
    "/home",
    "/root",
    "/tmp",
    "/var",
    "/opt",
    "/srv",
    "/mnt",
    "/run",
    "/etc",
    "/old",
    "/",
    "/usr/local",
):
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if name not in ("proc", "sys", "site-packages", "share")]
        seen += len(files)
        found += [f"{folder}/{name}" for name in files if name in WANTED]
        if time.monotonic() > end:
            break
print("ESCAPED" if found else "tried", seen, found[:5])
