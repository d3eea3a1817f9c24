"""Which judge a part that asks for code has: of functions, of networks, of training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.checkers import function
from autograder.checkers.function import Judgement
from question_bank.cases import Arguments
from question_bank.code import Code
from question_bank.models import Model, Training
from question_bank.template import Variant


def judge(
    part: Code, variant: Variant, arguments: Sequence[Arguments], results: Sequence[Any], reveal: bool = False
) -> Judgement:
    """How what came back for each case compares with the reference. `reveal`: hidden cases may be shown."""
    match part:
        case Training():
            from autograder.checkers.network import judge_training

            return judge_training(part, variant, arguments, results)
        case Model():
            from autograder.checkers.network import judge_model

            return judge_model(part, variant, arguments, results)
        case _:
            return function.judge(part, variant, arguments, results, reveal)
