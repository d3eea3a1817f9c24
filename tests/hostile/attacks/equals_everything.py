# ruff: noqa
"""Objects that equal everything, contain everything, are true, and convert to whatever is hoped for.

MUST HAPPEN: no such object leaves the process: it is not of the asked form.
"""
# expect: points <= 0


# %% q1_answer
class Any:
    def answer(self, *arguments, **more):
        return True

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = __instancecheck__ = answer

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **more):
        return self

    def __hash__(self):
        return 0

    def __iter__(self):
        return iter([self])

    def __len__(self):
        return 1

    def __getitem__(self, index):
        return self

    def __float__(self):
        return 1.0

    def __index__(self):
        return 1

    __int__ = __index__
    __array__ = __complex__ = __float__


q1_output = [[Any()]]

# %% q2_answer
q2_rows = q2_columns = q2_volume = Any()


# %% q3_answer
def conv2d(x, w, b):
    return Any()
