"""Units of the course: bytes and bits, operations, percentages, seconds. A prefix is 1000, with an i 1024."""

from __future__ import annotations

from fractions import Fraction

_DECIMAL = {"": 1, "K": 10**3, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_BINARY = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}

_FULL = {"K": "kilo", "M": "mega", "G": "giga", "T": "tera", "Ki": "kibi", "Mi": "mebi", "Gi": "gibi", "Ti": "tebi"}
_UNIT_WORDS = {"byte": "B", "bit": "bit"}

# unit: (what it measures, how many of that thing's own unit it is)
UNITS: dict[str, tuple[str, Fraction]] = {
    **{f"{prefix}B": ("memory", Fraction(n)) for prefix, n in (_DECIMAL | _BINARY).items()},
    **{f"{prefix}bit": ("memory", Fraction(n, 8)) for prefix, n in (_DECIMAL | _BINARY).items()},
    **{f"{prefix}FLOP": ("operations", Fraction(n)) for prefix, n in _DECIMAL.items()},
    **{f"{prefix}MAC": ("operations", Fraction(2 * n)) for prefix, n in _DECIMAL.items()},
    "%": ("share", Fraction(1, 100)),
    "s": ("time", Fraction(1)),
    "ms": ("time", Fraction(1, 1000)),
}
INDIVISIBLE = ("B", "bit", "FLOP", "MAC")  # there is no half of one

_WORDS = {
    "byte": "B",
    "percent": "%",
    "second": "s",
    "sec": "s",
    "millisecond": "ms",
    **{f"{full}{word}": f"{prefix}{unit}" for prefix, full in _FULL.items() for word, unit in _UNIT_WORDS.items()},
}
_SMALL = {unit.casefold(): unit for unit in UNITS} | _WORDS
_EITHER = {f"{prefix.casefold()}b" for prefix in _DECIMAL | _BINARY} - {"kib", "mib", "gib", "tib"}


class AmbiguousUnit(KeyError):
    """A unit that is one thing to some and another to others; the text is for the student."""

    def __str__(self) -> str:
        return str(self.args[0])


def unit_named(spelled: str) -> str:
    """The unit that a student means: MiB, mib, "G MACs", gigabytes, FLOPs.

    Raises AmbiguousUnit for Mb, KeyError for a unit that is not known.
    """
    joined = "".join(spelled.split()).replace("-", "")
    for name in (joined, joined.removesuffix("s"), joined.removesuffix("S")):
        if name in UNITS:
            return name
    small = joined.casefold()
    if small in _EITHER and joined[-1:] == "b":
        prefix = joined[:-1]
        raise AmbiguousUnit(f"{joined} is {prefix}B to some and {prefix}bit to others; write the one that you mean")
    return _SMALL[small] if small in _SMALL else _SMALL[small.removesuffix("s")]


def dimension(unit: str) -> str:
    """What a unit measures. Raises KeyError for one that is not known."""
    return UNITS[unit][0]


def unit_factor(unit: str) -> Fraction:
    """How many of what it measures one `unit` is. Raises KeyError for one that is not known."""
    return UNITS[unit][1]
