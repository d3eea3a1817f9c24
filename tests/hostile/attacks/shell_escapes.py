# ruff: noqa
"""Shell lines, shell cells, pagers, editors, debuggers and history by magic.

MUST HAPPEN: they work inside the walls or fail; nothing outside is reached; the remaining cells are run.
"""
# expect: keeps q1 q3
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% before q2
#! !cat {{ course }}/course.toml && echo ESCAPED; ls / ; id; echo tried; sleep 31337 &

# %% before q2
#! %%bash
#! (cat {{ course }}/gradebook.db > /dev/null && echo ESCAPED) 2>&1
#! setsid nohup sleep 31337 >/dev/null 2>&1 &
#! echo tried

# %% before q2
#! %%script python3
#! print("tried")

# %% before q2
#! %edit x

# %% before q2
#! %debug

# %% before q2
#! %history -g

# %% before q2
#! %store x

# %% before q2
#! %%writefile /etc/fieldmark-hostile
#! x

# %% before q2
import pdb

pdb.set_trace()

# %% q3_answer
# {{ right q3 }}
