"""Units of the course: bytes, operations, percentages, plain counts, seconds. A prefix is 1000, with an i 1024."""

from __future__ import annotations

from fractions import Fraction

_DECIMAL = {"": 1, "K": 10**3, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_BINARY = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}

_FULL = {"K": "kilo", "M": "mega", "G": "giga", "Ki": "kibi", "Mi": "mebi", "Gi": "gibi"}

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
SPELLINGS = {
    "byte": "B",
    "bytes": "B",
    "bits": "bit",
    "percent": "%",
    "per cent": "%",
    "seconds": "s",
    "second": "s",
    **{f"{prefix}{unit}s": f"{prefix}{unit}" for prefix in _DECIMAL for unit in ("FLOP", "MAC")},
    **{f"{prefix}bits": f"{prefix}bit" for prefix in _DECIMAL | _BINARY if prefix},
    **{f"{full}byte{plural}": f"{prefix}B" for prefix, full in _FULL.items() for plural in ("", "s")},
}


def dimension(unit: str) -> str:
    """What a unit measures. Raises KeyError for one that is not known."""
    return UNITS[unit][0]


def unit_factor(unit: str) -> Fraction:
    """How many of what it measures one `unit` is. Raises KeyError for one that is not known."""
    return UNITS[unit][1]
