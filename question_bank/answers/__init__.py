"""The kinds of key: what a part asks for, how it is asked and when two keys are the same.

How a student's response is read and compared with the key is the business of `autograder.checkers`, one file a kind.
"""

from question_bank.answers.arrays import Matrix, Shape, Tensor, Vector, entries_of, size_of
from question_bank.answers.base import Answer, matrix_latex, number_text
from question_bank.answers.choices import Choice, Choices, Matching, Ordering, Text
from question_bank.answers.explanation import Explanation
from question_bank.answers.expressions import Equation, Symbolic
from question_bank.answers.functions import Function
from question_bank.answers.numbers import Bounds, Integer, Interval, Quantity, Rational, Real

__all__ = [
    "Answer",
    "Bounds",
    "Choice",
    "Choices",
    "Equation",
    "Explanation",
    "Function",
    "Integer",
    "Interval",
    "Matching",
    "Matrix",
    "Ordering",
    "Quantity",
    "Rational",
    "Real",
    "Shape",
    "Symbolic",
    "Tensor",
    "Text",
    "Vector",
    "entries_of",
    "matrix_latex",
    "number_text",
    "size_of",
]
