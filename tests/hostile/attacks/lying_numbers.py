# ruff: noqa
"""Subclasses of int, float, str, list and tuple whose methods lie, or change their minds, or claim another class.

MUST HAPPEN: what leaves the process is a plain value that is then compared.
"""
# expect: points <= 0


# %% q1_answer
class Listed(list):
    def __len__(self):
        return 1

    def __iter__(self):
        return iter([[0]])

    def __eq__(self, other):
        return True


q1_output = Listed([Listed([0])])


# %% q2_answer
class Number(int):
    __class__ = property(lambda self: int)

    def __eq__(self, other):
        return True

    def __str__(self):
        return "correct"

    __repr__ = __str__
    __hash__ = None

    def bit_length(self):
        return 0


class Text(str):
    def __len__(self):
        return 1

    def strip(self, *arguments):
        return "1"

    def __eq__(self, other):
        return True


q2_rows, q2_columns = Number(-7), Text("x" * 10**6)
q2_volume = (Number(1), Text("2"), True)
