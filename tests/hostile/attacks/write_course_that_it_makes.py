# ruff: noqa
"""Makes folders of the course's name inside its own walls, and looks whether they are the real ones.

MUST HAPPEN: whatever it writes there is gone with it.
"""
# expect: points <= 0

# %% q1_answer
import os

for path in ("{{ course }}", "/tmp" + "{{ course }}"):
    try:
        os.makedirs(path + "/submitted/{{ neighbour }}/hw", exist_ok=True)
        with open(path + "/submitted/{{ neighbour }}/hw/hw.ipynb", "w") as file:
            file.write("fieldmark-hostile")
        with open(path + "/gradebook.db", "w") as file:
            file.write("fieldmark-hostile")
        print("tried", os.listdir(path))
    except OSError as error:
        print("tried", error)
