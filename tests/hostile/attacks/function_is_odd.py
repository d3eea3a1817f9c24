# ruff: noqa
"""In the place of the function: a class, a generator, a coroutine, an object, a number.

MUST HAPPEN: what it returns is no tensor.
"""
# expect: points <= 0

# %% q3_answer
import itertools

kinds = itertools.cycle(["class", "generator", "coroutine", "number"])


class Odd:
    def __call__(self, *arguments):
        kind = next(kinds)
        if kind == "class":
            return type(self)
        if kind == "generator":
            return (n for n in itertools.count())
        if kind == "number":
            return 7

        async def coroutine():
            return 7

        return coroutine()


conv2d = Odd()
