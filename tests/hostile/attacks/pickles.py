# ruff: noqa
"""Objects that run code when they are unpickled, copied or turned into text, offered as answers.

MUST HAPPEN: nobody unpickles; they are not of the asked form.
"""
# expect: points <= 0

# %% q1_answer
import os
import pickle


class Bomb:
    def __reduce__(self):
        return os.system, ("touch {{ home }}/fieldmark-hostile-pickle",)

    __deepcopy__ = __copy__ = __getstate__ = __reduce__


q1_output = Bomb()

# %% q2_answer
q2_rows = pickle.dumps(Bomb())
q2_columns = pickle.dumps(Bomb()).decode("latin-1")
q2_volume = [Bomb(), Bomb(), Bomb()]
forge(frame(pickle.dumps(Bomb())))
