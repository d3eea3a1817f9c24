"""The form of an expression: expanded, factored, one fraction in lowest terms, a sum of so many terms.

That it is the key's function is known by then, so the key says what a full factorisation or the lowest terms are. It is
the author's own, and SymPy factors it once.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

from autograder.checkers.expressions import Expression
from autograder.checkers.nodes import Call, Indexed, Leaf, Node, Number, Operand, Power, Product, Series, Sum, children
from autograder.checkers.terms import Polynomial, expand
from question_bank.answers import Symbolic


def complaint(answer: Symbolic, key: Expression, found: Expression) -> str:
    """What is wrong with the form of a right expression; empty where nothing is."""
    if answer.form == "expanded" and not _is_expanded(found.tree):
        return "it is not expanded: multiply out every bracket that holds a sum"
    if answer.form == "factored" and (fault := _factored(key.tree, found)):
        return fault
    if answer.form == "fraction" and (fault := _fraction(key.tree, found)):
        return fault
    if answer.terms is not None and (many := len(_terms(found.tree))) != answer.terms:
        return f"it has {many} term{'' if many == 1 else 's'}; {answer.terms} are asked for"
    return ""


def _terms(node: Node) -> list[Node]:
    """The terms of a sum; a sum in brackets within it is part of it."""
    return [term for operand in node.terms for term in _terms(operand.node)] if isinstance(node, Sum) else [node]


def _factors(node: Node) -> list[tuple[Node, int]]:
    """The factors of a product with their multiplicity, negative for those that divide."""
    match node:
        case Sum(terms=[Operand(node=only)]):
            return _factors(only)
        case Product(factors=operands):
            return [(n, -m if o.sign == "/" else m) for o in operands for n, m in _factors(o.node)]
        case Power(base=base, exponent=Number(value=exponent)) if exponent.denominator == 1:
            return [(n, m * exponent.numerator) for n, m in _factors(base)]
        case _:
            return [(node, 1)]


def _is_sum(node: Node) -> bool:
    return len(_terms(node)) > 1


def _is_expanded(node: Node) -> bool:
    """No product or power holds a sum; what stands in the argument of a function is left alone."""
    if isinstance(node, Call | Indexed):
        return True
    if isinstance(node, Product) and any(_is_sum(o.node) for o in node.factors):
        return False
    if isinstance(node, Power) and _is_sum(node.base):
        return False
    if isinstance(node, Series):
        return _is_expanded(node.body)
    return all(map(_is_expanded, children(node)))


def _factored(key: Node, found: Expression) -> str:
    """A product is factored fully where it has as many factors as the key has irreducible ones."""
    fault = "it is not fully factored"
    factors = [(node, many) for node, many in _factors(found.tree) if not isinstance(node, Number)]
    polynomials = [expand(Expression(found.text, node)) for node, _ in factors]
    if any(many < 0 for _, many in factors) or any(p is None for p in polynomials):
        return fault
    if any(_content(p) != 1 and len(p) > 1 for p in polynomials if p):
        return fault + ": a number can be taken out of a bracket"
    count = sum(many for (_, many), p in zip(factors, polynomials, strict=True) if p and p.keys() != {()})
    return "" if count == _irreducible(key) else fault


def _fraction(key: Node, found: Expression) -> str:
    """One numerator over one denominator, of no higher degree than it must have."""
    if any(_divides(operand.node) for operand in _divisors(found.tree)):
        return "it is not one fraction: a fraction stands in a denominator"
    factors = _factors(found.tree)
    upper, lower = _multiplied(found, factors, 1), _multiplied(found, factors, -1)
    if upper is None or lower is None:
        return "it is not one fraction"
    whole = all(c.denominator == 1 for p in (upper, lower) for c in p.values())
    if not whole:
        return "it is not one fraction: a fraction stands in the numerator or denominator"
    if _degree(lower) > _lowest_degree(key) or math.gcd(_gcd(upper), _gcd(lower)) > 1:
        return "its numerator and denominator have a common factor"
    return ""


def _divisors(node: Node) -> list[Operand]:
    """What is divided by, anywhere."""
    here = [o for o in node.factors if o.sign == "/"] if isinstance(node, Product) else []
    return here + [operand for child in children(node) for operand in _divisors(child)]


def _divides(node: Node) -> bool:
    """Whether a quotient or a negative power stands in it."""
    if isinstance(node, Power) and isinstance(node.exponent, Sum):
        return True
    if isinstance(node, Product) and any(operand.sign == "/" for operand in node.factors):
        return True
    return any(map(_divides, children(node)))


def _multiplied(found: Expression, factors: list[tuple[Node, int]], side: int) -> Polynomial | None:
    operands = [
        Operand(0, "*", Power(0, node, Number(0, Fraction(abs(many))))) for node, many in factors if many * side > 0
    ]
    return expand(Expression(found.text, Product((Operand(0, "*", Number(0, Fraction(1))), *operands))))


def _degree(polynomial: Polynomial) -> int:
    return max(map(len, polynomial), default=0)


def _gcd(polynomial: Polynomial) -> int:
    return math.gcd(*(coefficient.numerator for coefficient in polynomial.values()))


def _content(polynomial: Polynomial) -> Fraction:
    """What can be taken out of all coefficients."""
    lower = math.lcm(*(coefficient.denominator for coefficient in polynomial.values()))
    return Fraction(math.gcd(*(int(coefficient * lower) for coefficient in polynomial.values())), lower)


@lru_cache(maxsize=1024)
def _irreducible(key: Node) -> int:
    """How many irreducible factors a key has, each as often as it occurs."""
    from sympy import factor_list

    return sum(many for _, many in factor_list(as_sympy(key))[1])


@lru_cache(maxsize=1024)
def _lowest_degree(key: Node) -> int:
    """The degree of a key's denominator in lowest terms."""
    from sympy import Poly, cancel, fraction

    lower = fraction(cancel(as_sympy(key)))[1]
    return int(Poly(lower).total_degree()) if lower.free_symbols else 0


def as_sympy(node: Node) -> Any:
    """A rational expression for SymPy, built piece by piece: SymPy never reads a text.

    Raises ValueError for what is no rational expression.
    """
    import sympy

    match node:
        case Number(value=value):
            return sympy.Rational(value.numerator, value.denominator)
        case Leaf(symbol=symbol):
            return sympy.Symbol(str(symbol))
        case Sum(terms=operands):
            return sympy.Add(*(as_sympy(o.node) * (-1 if o.sign == "-" else 1) for o in operands))
        case Product(factors=operands) if all(o.sign in "*/" for o in operands):
            return sympy.Mul(*(as_sympy(o.node) ** (-1 if o.sign == "/" else 1) for o in operands))
        case Power(base=base, exponent=exponent):
            return as_sympy(base) ** as_sympy(exponent)
        case _:
            raise ValueError("the form of such a key cannot be told")
