"""Responses from all tables, mutated at random for some seconds: a verdict or Invalid, in time, and no other exception.

The seed is the time, and is printed; FUZZ_SEED=… repeats a run, FUZZ_SECONDS=… makes it longer.
"""

import os
import random
import re
import time

from verdicts import cpu_seconds, every_table, verdict

from autograder import checkers
from question_bank import Equation, Symbolic, Text

SECONDS = float(os.environ.get("FUZZ_SECONDS", "8"))
ODD = "0123456789+-*/^()[]{},.;:_=<>|&%$\\ \n\t'\"exXNnabcoMiBKGs×·−≤∞²³½₀\u200b\u202e\ufeff\x00"
PIECES = ("**", "//", "1e", "999", "\\frac{", "}", "]]", "[[", " and ", "oo", "MiB", "<=", "->", "nan", "a, b", "1, 2")


def mutated(text, dice, others):
    """`text` with a few characters or stretches changed, doubled, lost, or taken from another response."""
    for _ in range(dice.randint(1, 4)):
        at, width = dice.randint(0, len(text)), dice.choice((0, 0, 1, 1, 2, 5))
        new = dice.choice((dice.choice(ODD), dice.choice(PIECES), text[at : at + 9] * dice.randint(1, 40), ""))
        if dice.random() < 0.1:
            other = dice.choice(others)
            new = other[dice.randint(0, len(other)) :]
        text = text[:at] + new + text[at + width :]
    return text[:5_000]


def test_mutated_responses_are_answered():
    seed = int(os.environ.get("FUZZ_SEED", time.time_ns()))
    print(f"FUZZ_SEED={seed}")
    dice, known = random.Random(seed), list(every_table())
    texts = [row[0] for table in known for row in table.rows if isinstance(row[0], str) and len(row[0]) < 500]
    end, tried = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        table, text = dice.choice(known), mutated(dice.choice(texts), dice, texts)
        says = f"FUZZ_SEED={seed}: {table.answer!r}: {text!r}"
        try:
            found = verdict(table.answer, table.key, text)
            spent = cpu_seconds(lambda table=table, text=text: verdict(table.answer, table.key, text), enough=0.1)
        except Exception as error:
            raise AssertionError(says) from error
        assert found in ("correct", "partial", "wrong", "invalid"), says
        assert spent < 0.1, says
        if found != "invalid":
            check_note(table, text, found, says)
        tried += 1
    assert tried > 100


def check_note(table, text, found, says):
    """The note, typed in its turn, is the same answer with the same verdict."""
    note = checkers.note(table.answer, checkers.parse(table.answer, text))
    assert note, says
    if re.search(r"\d{300}", note):
        return  # what is computed may be longer than a number that is read
    if ", in another form" not in note and not isinstance(table.answer, Text | Symbolic | Equation):
        assert verdict(table.answer, table.key, note) == found, f"{says}: note {note!r}"
        assert checkers.note(table.answer, checkers.parse(table.answer, note)) == note, f"{says}: note {note!r}"
