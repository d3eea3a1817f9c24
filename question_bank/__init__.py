"""The authoring API, complete: what a template author imports."""

from question_bank.answers import Integer, Matrix, Real, Shape, Symbolic
from question_bank.code import code
from question_bank.domains import integers, matrices, one_of
from question_bank.misconceptions import Misconception
from question_bank.template import Template, Variant, part, template

__all__ = [
    "Integer",
    "Matrix",
    "Misconception",
    "Real",
    "Shape",
    "Symbolic",
    "Template",
    "Variant",
    "code",
    "integers",
    "matrices",
    "one_of",
    "part",
    "template",
]
