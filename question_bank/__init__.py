"""The authoring API, complete: what a template author imports."""

from question_bank import figures
from question_bank.answers import (
    Bounds,
    Choice,
    Choices,
    Equation,
    Explanation,
    Integer,
    Interval,
    Matching,
    Matrix,
    Ordering,
    Quantity,
    Rational,
    Real,
    Shape,
    Symbolic,
    Tensor,
    Text,
    Vector,
)
from question_bank.cases import array, made, plain
from question_bank.code import code
from question_bank.domains import integers, matrices, one_of, shuffled
from question_bank.figures import Figure
from question_bank.misconceptions import Misconception
from question_bank.models import model, training
from question_bank.template import Template, Variant, part, template

__all__ = [
    "Bounds",
    "Choice",
    "Choices",
    "Equation",
    "Explanation",
    "Figure",
    "Integer",
    "Interval",
    "Matching",
    "Matrix",
    "Misconception",
    "Ordering",
    "Quantity",
    "Rational",
    "Real",
    "Shape",
    "Symbolic",
    "Template",
    "Tensor",
    "Text",
    "Variant",
    "Vector",
    "array",
    "code",
    "figures",
    "integers",
    "made",
    "matrices",
    "model",
    "one_of",
    "part",
    "plain",
    "shuffled",
    "template",
    "training",
]
