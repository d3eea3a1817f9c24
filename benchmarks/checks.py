"""Checking answers beside SymPy and Math-Verify: the same responses and keys, on the same machine, in one run.

    python benchmarks/checks.py [--seconds S]

SymPy: `sympify` of both texts and `simplify(a - b) == 0`, which would run whatever a student types; it is given texts
that we wrote. Math-Verify: `verify(parse(key), parse(response))`, with both in LaTeX's $…$. Ours: `parse` and
`compare`, as marking calls them. Times are CPU time of one check, reading included, once everything is warm. Quote the
ratios.
"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy

from autograder import checkers
from question_bank import Integer, Rational, Shape, Symbolic
from question_bank.answers import Answer

GOAL_MS, GOAL_RATIO = 0.2, 30


@dataclass(frozen=True)
class Case:
    """A response, and whether it is right. `theirs` are the key and the response as the other checkers read them."""

    family: str
    answer: Answer
    key: Any
    response: str
    right: bool
    theirs: tuple[str, str]


def cases() -> list[Case]:
    """What a course asks: right and wrong in equal parts."""
    return [*integers(), *shapes(), *fractions(), *polynomials(), *sigmoids(), *expansions()]


def same(family: str, answer: Answer, key: Any, *responses: tuple[str, bool]) -> list[Case]:
    return [Case(family, answer, key, text, right, (str(key), text)) for text, right in responses]


def integers() -> list[Case]:
    texts = [("3*3*10*40+40", True), ("3640", True), ("10*(3*3*40+4)", True)]
    return same("integers", Integer(), 3640, *texts, ("3641", False), ("3*3*10*40-40", False), ("2**12", False))


def shapes() -> list[Case]:
    texts = [("(10, 10, 40)", True), ("(10,10,40)", True), ("(40, 10, 10)", False), ("(10, 10, 41)", False)]
    return same("shapes", Shape(("height", "width", "channels")), (10, 10, 40), *texts)


def fractions() -> list[Case]:
    texts = [("11/4", True), ("22/8", True), ("2.75", True), ("11/3", False), ("2.7500001", False), ("4/11", False)]
    return same("fractions", Rational(), sympy.Rational(11, 4), *texts)


def polynomials() -> list[Case]:
    x = sympy.Symbol("x")
    key = sympy.expand((x + 1) ** 6 * (x - 2) ** 7)
    wrong = sympy.expand(key + x**9)
    texts = [("(x+1)**6*(x-2)**7", True), (str(key), True), (str(wrong), False), ("(x+1)**7*(x-2)**6", False)]
    return same("polynomials of degree 13", Symbolic(), key, *texts)


def sigmoids() -> list[Case]:
    texts = [
        ("exp(x)/(1+exp(x))", True),
        ("1 - 1/(1+exp(x))", True),
        ("(1+tanh(x/2))/2", True),
        ("1/(1+exp(x))", False),
        ("exp(-x)/(1+exp(-x))", False),
        ("(1+tanh(x))/2", False),
    ]
    return same("sigmoid identities", Symbolic(), 1 / (1 + sympy.exp(-sympy.Symbol("x"))), *texts)


def expansions() -> list[Case]:
    """Nine products, shuffled; in every second response one index is wrong. The others read x12, as SymPy must."""
    draw, made = random.Random(0), []
    x, w = sympy.IndexedBase("x"), sympy.IndexedBase("w")
    taps = [(a, b) for a in range(3) for b in range(3)]
    key = sympy.Add(*(x[2 + a, 3 + b] * w[a, b] for a, b in taps))
    for number in range(8):
        terms = [(2 + a, 3 + b, a, b) for a, b in draw.sample(taps, 9)]
        if number % 2:
            spoilt = draw.randrange(9)
            i, j, a, b = terms[spoilt]
            terms[spoilt] = (i, j, b, a) if a != b else (i + 1, j, a, b)
        made.append(
            Case(
                "expansions of 9 terms",
                Symbolic(),
                key,
                " + ".join(f"w[{a},{b}]*x[{i},{j}]" for i, j, a, b in terms),
                number % 2 == 0,
                (
                    " + ".join(f"x_{{{2 + a}{3 + b}}}*w_{{{a}{b}}}" for a, b in taps),
                    " + ".join(f"w_{{{a}{b}}}*x_{{{i}{j}}}" for i, j, a, b in terms),
                ),
            )
        )
    return made


def ours(case: Case) -> bool:
    return checkers.compare(case.answer, case.key, checkers.parse(case.answer, case.response)).fraction == 1


def plain_sympy(case: Case) -> bool:
    key, response = (sympy.sympify(text.replace("_{", "").replace("}", "")) for text in case.theirs)
    if isinstance(key, tuple | sympy.Tuple):
        return bool(key == response)
    return bool(sympy.simplify(key - response) == 0)


def math_verify() -> Callable[[Case], bool] | None:
    """Math-Verify as its own documentation calls it, or None where it is not installed."""
    try:
        from math_verify import parse, verify
    except ImportError:
        return None
    logging.disable(logging.WARNING)

    def check(case: Case) -> bool:
        key, response = (f"${text.replace('**', '^')}$" for text in case.theirs)
        return bool(
            verify(
                parse(latex(key), parsing_timeout=None),
                parse(latex(response), parsing_timeout=None),
                timeout_seconds=None,
            )
        )

    def latex(text: str) -> str:
        return text.replace("exp(", r"\exp(").replace("tanh(", r"\tanh(").replace("*", r"\cdot ")

    return check


def verdict(check: Callable[[Case], bool], case: Case) -> bool | None:
    """Whether a checker says that the response is right; None where it raises."""
    try:
        return check(case)
    except Exception:  # noqa: BLE001 - a checker that can't read a text is wrong about it, and no more
        return None


def seconds_of(check: Callable[[Case], bool], case: Case, budget: float) -> float:
    """CPU seconds of one check: the median over as many as there is time for."""
    spent: list[float] = []
    until = time.process_time() + budget
    verdict(check, case)
    while len(spent) < 5 or (time.process_time() < until and len(spent) < 2000):
        start = time.process_time()
        verdict(check, case)
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=0.2, help="how long each check is repeated")
    options = parser.parse_args()
    print(f"{dt.date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    peers: dict[str, Callable[[Case], bool]] = {"SymPy": plain_sympy}
    if theirs := math_verify():
        peers["Math-Verify"] = theirs
    else:
        print("Math-Verify is not installed: pip install --constraint constraints.txt -e '.[bench]'")
    sys.exit(0 if report({"ours": ours, **peers}, options.seconds) else 1)


def report(graders: dict[str, Callable[[Case], bool]], budget: float) -> bool:
    """Print what each takes and how often it errs; whether our goals are met."""
    everything = cases()
    families = list(dict.fromkeys(case.family for case in everything))
    times: dict[str, dict[str, float]] = {name: {} for name in graders}
    errors: dict[str, int] = dict.fromkeys(graders, 0)
    print(f"\n{'ms of CPU a check':<28}{'checks':>7}" + "".join(f"{name:>13}{'errs':>6}" for name in graders))
    for family in families:
        several = [case for case in everything if case.family == family]
        line = f"{family:<28}{len(several):>7}"
        for name, check in graders.items():
            wrong = sum(verdict(check, case) != case.right for case in several)
            errors[name] += wrong
            times[name][family] = statistics.mean(seconds_of(check, case, budget) for case in several)
            line += f"{1000 * times[name][family]:>13.3f}{wrong:>6}"
        print(line)
    means = {name: statistics.mean(of.values()) for name, of in times.items()}
    print(f"{'mean of the families':<28}{len(everything):>7}", end="")
    print("".join(f"{1000 * means[name]:>13.3f}{errors[name]:>6}" for name in graders))
    for name in [name for name in graders if name != "ours"]:
        ratios = [times[name][family] / times["ours"][family] for family in families]
        print(f"{name} : ours = {means[name] / means['ours']:.0f} : 1 on average, {min(ratios):.0f} at least")
    return goals(means, errors, max(times["ours"].values()))


def goals(means: dict[str, float], errors: dict[str, int], slowest: float) -> bool:
    """Print whether each goal is met."""
    met = {
        "every verdict of ours is right": errors["ours"] == 0,
        f"at least {GOAL_RATIO} times as fast on average": all(
            mean >= GOAL_RATIO * means["ours"] for name, mean in means.items() if name != "ours"
        ),
        f"at most {GOAL_MS} ms a check in every family": 1000 * slowest <= GOAL_MS,
    }
    for goal, reached in met.items():
        print(f"  {goal}: {'met' if reached else 'NOT MET'}")
    return all(met.values())


if __name__ == "__main__":
    main()
