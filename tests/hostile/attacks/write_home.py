# ruff: noqa
"""Writes start-up files into homes.

MUST HAPPEN: there is nothing to write to, or it is gone with the submission.
"""
# expect: points <= 0
# expect: output contains "tried"

# %% q1_answer
for folder in ("{{ home }}", "/root", "/home", "/home/student", "/var/spool/cron/crontabs"):
    attempt(folder, lambda folder=folder: append(f"{folder}/.fieldmark-hostile"))
attempt("authorized_keys", lambda: append("{{ home }}/.ssh/authorized_keys"))
