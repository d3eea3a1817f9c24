# ruff: noqa
"""Reads the homes of the grader's user and of others.

MUST HAPPEN: there are none.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
import os
import pwd

for path in ("{{ home }}/diary.txt", "{{ home }}/.ssh/id_ed25519", "/etc/shadow", "/root/.bashrc", "/root/.gitconfig"):
    attempt(path, lambda path=path: read(path))
attempt("root", lambda: read("/root/.profile"))
print("tried", os.path.expanduser("~"), [entry.pw_name for entry in pwd.getpwall()])
