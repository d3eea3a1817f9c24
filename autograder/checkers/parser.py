"""Tokens → tree, by recursive descent. Depth is bounded, so that no text can exhaust the stack."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

from autograder.checkers import functions
from autograder.checkers.nodes import Bound, Call, Indexed, Leaf, Node, Number, Operand, Power, Product, Series, Sum
from autograder.checkers.outcome import Invalid
from autograder.checkers.text import point_at
from autograder.checkers.tokens import HINTS, Names, Symbol, Token, tokenise

MAX_TEXT = 20_000  # characters
MAX_SPLIT = 8  # letters of a name that may be a product
MAX_DEPTH = 30  # of brackets, powers of powers, functions of functions

_CLOSING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"}
_STARTS = {"number", "symbol", "name", "function", "series", "frac", "open"}  # what an operand can start with
_NO_FUNCTION = "{} is no function that is read here; for a product, write * before the bracket"
_UNCLEAR = "it is unclear whether this is divided or divides: write (1/2)*x or 1/(2*x) for 1/2x"


class Parser:
    """Reads one text. `at` is the place of the next token."""

    def __init__(self, text: str, names: bool | Names) -> None:
        if len(text) > MAX_TEXT:
            raise Invalid(f"expected at most {MAX_TEXT} characters, found {len(text)}")
        self.text = text
        self.names = names if isinstance(names, Names) else Names()
        self.tokens = tokenise(text, names)
        self.at = self.depth = self.bars = self.in_index = 0
        self.bound: list[str] = []

    # What the text is as a whole.

    def expression(self) -> Node:
        """The one expression that the text holds."""
        node = self.sum()
        self.expect_end()
        return node

    def both_sides(self) -> tuple[Node, Node]:
        """The sides of an equation, which SymPy prints as Eq(left, right)."""
        first, second = self.tokens[0], self.tokens[min(1, len(self.tokens) - 1)]
        if first.value == Symbol("Eq") and second.value == "(":
            self.at = 2
            left = self.sum()
            self.take("comma", "expected a comma between the two sides")
            right = self.sum()
            self.close(second)
        else:
            left = self.sum()
            self.take("equals", "expected an equation: a left side, = and a right side")
            right = self.sum()
        if self.next_is("equals"):
            raise self.fault("an equation has one = sign", self.tokens[self.at])
        self.expect_end()
        return left, right

    def expect_end(self) -> None:
        token = self.tokens[self.at]
        if token.kind != "end":
            raise self.unexpected(token)

    # Helpers.

    def fault(self, message: str, token: Token) -> Invalid:
        return Invalid(point_at(message, self.text, token.at))

    def unexpected(self, token: Token) -> Invalid:
        if token.kind == "end":
            return self.fault("the expression ends too early", token)
        if token.kind == "close":
            return self.fault("this bracket was never opened", token)
        if token.value in HINTS:
            return self.fault(HINTS[str(token.value)], token)
        return self.fault("expected a number or a bracket here", token)

    def take(self, kind: str, message: str) -> Token:
        token = self.tokens[self.at]
        if token.kind != kind:
            raise self.fault(message, token)
        self.at += 1
        return token

    def next_is(self, kind: str, value: str | None = None) -> bool:
        token = self.tokens[self.at]
        return token.kind == kind and (value is None or token.value == value)

    def inside(self) -> int:
        """Where what comes next starts, its brackets aside."""
        at = self.at
        while self.tokens[at].value == "(":
            at += 1
        return self.tokens[at].at

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fault(f"brackets are nested more than {MAX_DEPTH} deep", token)

    def close(self, opening: Token) -> None:
        """Take the bracket that closes this one."""
        token = self.tokens[self.at]
        if token.kind == "end":
            raise self.fault("this bracket is never closed", opening)
        if token.kind != "close":
            raise self.unexpected(token)
        if token.value != _CLOSING[str(opening.value)]:
            raise self.fault(f"expected {_CLOSING[str(opening.value)]} here", token)
        self.at += 1

    # Sums, products, powers.

    def sum(self) -> Node:
        """Terms with + and - between them."""
        terms = [self.term()]
        while (token := self.tokens[self.at]).kind == "operator" and token.value in ("+", "-"):
            terms.append(self.term())
        if len(terms) == 1 and terms[0].sign == "+":
            return terms[0].node
        return Sum(tuple(terms))

    def sign(self) -> str:
        """The product of all signs that stand here."""
        negative = False
        while (token := self.tokens[self.at]).kind == "operator" and token.value in ("+", "-"):
            negative ^= token.value == "-"
            self.at += 1
        return "-" if negative else "+"

    def term(self) -> Operand:
        at = self.tokens[self.at].at
        sign = self.sign()
        return Operand(at, sign, self.product())

    def product(self) -> Node:
        """Factors with *, / or nothing between them."""
        first = self.tokens[self.at]
        factors = [Operand(first.at, "*", self.power())]
        while True:
            token = self.tokens[self.at]
            if token.kind == "operator":
                if token.value not in ("*", "/", "//"):
                    return factors[0].node if len(factors) == 1 else Product(tuple(factors))
                self.at += 1
                factors.append(Operand(self.inside(), str(token.value), self.signed_power()))
            elif token.kind in _STARTS or (token.kind == "bar" and not self.bars):
                self.check_product(token, factors[-1].sign)
                factors.append(Operand(token.at, "*", self.power()))
            else:
                return factors[0].node if len(factors) == 1 else Product(tuple(factors))

    def check_product(self, token: Token, sign: str) -> None:
        """That only a product can be meant: in "3 64" or "x 2" a sign was lost, and 1/2x may be x/2 or 1/(2x)."""
        before = self.tokens[self.at - 1]
        if token.kind == "number":
            raise self.fault("expected a sign such as * or + before this number", token)
        if token.kind == "open" and token.value == "[":
            raise self.fault(HINTS["["], token)
        if token.value == "(" and isinstance(before.value, Symbol) and not self.multiplies(before.value.name):
            raise self.fault(_NO_FUNCTION.format(before.value), before)
        if sign in ("/", "//"):
            raise self.fault(_UNCLEAR, token)

    def multiplies(self, name: str) -> bool:
        """Whether a symbol before a bracket can only be a factor."""
        return len(name) == 1 or name in self.names.declared or name in self.names.known

    def signed_power(self) -> Node:
        token = self.tokens[self.at]
        if token.kind != "operator" or token.value not in ("+", "-"):
            return self.power()
        at, sign = token.at, self.sign()
        node = self.power()
        return Sum((Operand(at, "-", node),)) if sign == "-" else node

    def power(self) -> Node:
        base = self.operand()
        token = self.tokens[self.at]
        if token.value != "**":
            return base
        self.at += 1
        self.deeper(token)
        at = self.inside()
        exponent = self.signed_power()
        if token.at == token.end and isinstance(exponent, Power):  # a superscript, and then ^
            raise self.fault("it is unclear what is raised to what: write brackets", token)
        self.depth -= 1
        if isinstance(base, Call) and base.name == "e":
            return Call(at, "exp", (exponent,))
        return Power(at, base, exponent)

    # What stands between the operators.

    def operand(self) -> Node:
        token = self.tokens[self.at]
        self.at += 1
        kind = token.kind
        if kind == "number":
            return Number(token.at, token.value)  # type: ignore[arg-type]
        if kind == "symbol":
            return self.symbol(token)
        if kind == "name":
            name, letters = str(token.value).split(" ")
            return Indexed(token.at, name, self.letters(token, letters))
        if kind == "open" and token.value != "[":
            return self.group(token)
        if kind == "function":
            return self.series_of_sympy(token) if token.value == "sum" else self.call(token)
        if kind == "series":
            return self.series(token)
        if kind == "frac":
            upper, lower = self.braced(token), self.braced(token)
            return Product((Operand(token.at, "*", upper), Operand(token.at, "/", lower)))
        if kind == "bar":
            return self.between_bars(token)
        self.at -= 1
        raise self.unexpected(token)

    def group(self, token: Token) -> Node:
        self.deeper(token)
        bars, self.bars = self.bars, 0
        node = self.sum()
        self.close(token)
        self.bars = bars
        self.depth -= 1
        if token.value in ("⌊", "⌈"):
            return Call(token.at, "floor" if token.value == "⌊" else "ceil", (node,))
        return node

    def between_bars(self, token: Token) -> Node:
        self.deeper(token)
        self.bars += 1
        node = self.sum()
        self.take("bar", "this | has no other one after it")
        self.bars -= 1
        self.depth -= 1
        return Call(token.at, "abs", (node,))

    def braced(self, token: Token) -> Node:
        """What stands in the braces of a command such as \\frac."""
        opening = self.tokens[self.at]
        self.at += 1
        if opening.value == "{":
            return self.group(opening)
        if opening.kind == "number" and opening.end == opening.at + 1:  # \\frac1{x}
            return Number(opening.at, opening.value)  # type: ignore[arg-type]
        raise self.fault("write braces after this command, as in \\frac{1}{2}", token)

    def call(self, token: Token) -> Node:
        """A function of what stands in brackets, or of the one number or symbol that follows it."""
        name, power = str(token.value), None
        self.deeper(token)
        base = self.base_of_log(name)
        if name == "sqrt" and self.next_is("open", "["):
            opening = self.tokens[self.at]
            self.at += 1
            base = self.sum()
            self.close(opening)
            name = "root"
        if self.next_is("operator", "**"):
            self.at += 1
            power = self.exponent_of_function(token)
        arguments = self.arguments(token)
        self.depth -= 1
        if base is not None:
            arguments = (*arguments, base)
        self.check_count(token, name, arguments)
        node: Node = Call(token.at, name, arguments)
        return Power(token.at, node, power) if power else node

    def base_of_log(self, name: str) -> Node | None:
        """The 2 of \\log_2 x and log_{2}(x)."""
        if name != "log" or not self.next_is("index"):
            return None
        self.at += 1
        token = self.tokens[self.at]
        if token.value == "{":
            self.at += 1
            return self.group(token)
        return Number(token.at, self.take("number", "expected the base of the logarithm here").value)  # type: ignore[arg-type]

    def exponent_of_function(self, token: Token) -> Node:
        """sin^2(x) is (sin x)^2; sin^-1(x) may be 1/sin(x) or arcsin(x)."""
        braced = self.next_is("open", "{")
        self.at += braced
        number = self.tokens[self.at]
        if number.kind != "number":
            raise self.fault("raise the function of its argument to the power: write (sin(x))^2 for sin^2(x)", token)
        self.at += 1
        if braced:
            self.at += 1
        return Number(number.at, number.value)  # type: ignore[arg-type]

    def arguments(self, token: Token) -> tuple[Node, ...]:
        opening = self.tokens[self.at]
        if opening.kind == "open" and opening.value in ("(", "{"):
            self.at += 1
            return self.list_until(opening)
        if opening.kind not in ("number", "symbol"):
            raise self.fault("write brackets around what the function is taken of", token)
        self.at += 1
        node = self.symbol(opening) if opening.kind == "symbol" else Number(opening.at, opening.value)  # type: ignore[arg-type]
        after = self.tokens[self.at]
        if after.kind in _STARTS or after.value == "**":
            raise self.fault("write brackets around what the function is taken of", token)
        return (node,)

    def list_until(self, opening: Token) -> tuple[Node, ...]:
        """Expressions with commas between them, and the bracket that closes."""
        bars, self.bars = self.bars, 0
        nodes = [self.sum()]
        while self.next_is("comma"):
            self.at += 1
            nodes.append(self.sum())
        self.close(opening)
        self.bars = bars
        return tuple(nodes)

    def check_count(self, token: Token, name: str, arguments: tuple[Node, ...]) -> None:
        many = len(arguments)
        if name in functions.SEVERAL:
            if many < 2:
                raise self.fault(f"{name} takes two values or more, with commas between them", token)
        elif many != (2 if name == "root" else 1) and not (name == "log" and many == 2):
            raise self.fault(f"{name} takes one value, found {many}", token)

    # Symbols and their indices.

    def symbol(self, token: Token) -> Node:
        symbol = token.value
        assert isinstance(symbol, Symbol)  # noqa: S101 - for the type checker
        following = self.tokens[self.at]
        if not symbol.indices:
            if following.kind == "letters":
                self.at += 1
                return Indexed(token.at, symbol.name, self.letters(following, str(following.value)))
            if following.kind == "index" or (following.value == "[" and following.kind == "open"):
                indices = self.indices(following)
                if all(isinstance(index, Number) for index in indices):
                    return Leaf(token.at, Symbol(symbol.name, tuple(int(index.value) for index in indices)))  # type: ignore[union-attr]
                return Indexed(token.at, symbol.name, indices)
            if symbol.name in self.bound:
                return Bound(token.at, symbol.name)
        if self.in_index and symbol.name not in self.names.whole:
            raise self.fault(f"{symbol} in an index stands for no whole number of this question", token)
        return self.split(token, symbol) or self.plain(token, symbol)

    def split(self, token: Token, symbol: Symbol) -> Node | None:
        """wx is w·x where the question knows w and x, but no wx; the last letter has the index."""
        letters, known = symbol.name, self.names.known | set(functions.CONSTANTS)
        if not self.names.known or letters in known or not 1 < len(letters) <= MAX_SPLIT or not set(letters) <= known:
            return None
        before = self.tokens[self.at - 2].value if self.at > 1 else ""
        if self.next_is("operator", "**") or before in ("/", "//"):
            return None  # wx² and 1/wx are left alone: what is squared or divides?
        symbols = [*map(Symbol, letters[:-1]), Symbol(letters[-1], symbol.indices)]
        return Product(tuple(Operand(token.at, "*", self.plain(token, each)) for each in symbols))

    def plain(self, token: Token, symbol: Symbol) -> Node:
        """A symbol, or the constant that it stands for."""
        constant = symbol.name in functions.CONSTANTS and not symbol.indices
        if constant and symbol.name not in self.names.declared:
            return Call(token.at, functions.CONSTANTS[symbol.name], ())
        return Leaf(token.at, symbol)

    def letters(self, token: Token, letters: str) -> tuple[Node, ...]:
        """The indices of x_i and x_{ij}, a letter each."""
        return tuple(self.index_letter(token, letter) for letter in letters)

    def index_letter(self, token: Token, letter: str) -> Node:
        if letter in self.bound:
            return Bound(token.at, letter)
        if letter not in self.names.whole:
            raise self.fault(f"{letter} in an index stands for no whole number of this question", token)
        return Leaf(token.at, Symbol(letter))

    def indices(self, token: Token) -> tuple[Node, ...]:
        """The indices of x[i,j+1], x[i][j] and x_{i,j+1}."""
        nodes: tuple[Node, ...] = ()
        self.deeper(token)
        self.in_index += 1
        if token.kind == "index":
            self.at += 1
            opening = self.tokens[self.at]
            if opening.value != "{":
                raise self.fault("expected an index here, as in x_{1,2}", opening)
            self.at += 1
            nodes = self.list_until(opening)
        while self.next_is("open", "[") and not (nodes and token.kind == "index"):
            opening = self.tokens[self.at]
            self.at += 1
            nodes += self.list_until(opening)
        self.in_index -= 1
        self.depth -= 1
        return tuple(self.checked(opening, node) for node in nodes)

    def checked(self, opening: Token, node: Node) -> Node:
        """An index: a whole number from 0 on, or an expression in names."""
        number = _constant(node)
        if number is None:
            return node
        typed = self.text[opening.at : self.tokens[self.at - 1].end]
        if number.denominator != 1 or number < 0 or "." in typed:
            raise self.fault("an index is a whole number from 0 on", opening)
        return Number(opening.at, number)

    # Sums over a variable.

    def series(self, token: Token) -> Node:
        """\\sum_{i=1}^{n} and the product that follows it."""
        hint = "write the bounds of the sum, as in \\sum_{i=1}^{n}"
        self.deeper(token)
        self.take("index", hint)
        opening = self.take("open", hint)
        variable = self.take("symbol", hint).value
        self.take("equals", hint)
        lower = self.sum()
        self.close(opening)
        if not self.next_is("operator", "**"):
            raise self.fault(hint, token)
        self.at += 1
        upper = self.operand()
        start = self.at
        self.bound.append(str(variable))
        body = self.product_after_sign()
        self.bound.pop()
        self.depth -= 1
        return Series(token.at, str(variable), lower, upper, body, self.at - start)

    def product_after_sign(self) -> Node:
        term = self.term()
        return Sum((term,)) if term.sign == "-" else term.node

    def series_of_sympy(self, token: Token) -> Node:
        """Sum(x[i], (i, 1, n)), as SymPy prints it: the first variable is the innermost."""
        opening = self.tokens[self.at]
        if opening.value != "(":
            raise self.fault("write the sum as Sum(x[i], (i, 1, n)) or as \\sum_{i=1}^{n} x_i", token)
        self.at += 1
        self.deeper(token)
        variables = self.variables_ahead()
        start = self.at
        self.bound += variables
        node = self.sum()
        size = self.at - start
        for variable in variables:
            self.take("comma", "expected the variable and its bounds here, as in (i, 1, n)")
            inner = self.take("open", "expected the variable and its bounds here, as in (i, 1, n)")
            self.at += 2  # the variable and a comma, seen by variables_ahead
            self.bound.remove(variable)
            lower = self.sum()
            self.take("comma", "expected the last value of the variable here")
            upper = self.sum()
            self.close(inner)
            node = Series(token.at, variable, lower, upper, node, size)
        self.close(opening)
        self.depth -= 1
        if not variables:
            raise self.fault("write the sum as Sum(x[i], (i, 1, n)) or as \\sum_{i=1}^{n} x_i", token)
        return node

    def variables_ahead(self) -> list[str]:
        """The variables of this sum: what follows ", (" before the bracket is closed."""
        found, depth = [], 0
        for before, token, name, comma in zip(
            *(itertools.islice(self.tokens, self.at + k, None) for k in range(4)), strict=False
        ):
            depth += {"open": 1, "close": -1}.get(before.kind, 0)
            if depth < 0:
                break
            if depth == 0 and before.kind == "comma" and token.value == "(" and comma.kind == "comma":
                found.append(str(name.value))
        return found


def _constant(node: Node) -> Fraction | None:
    """The value of an index such as 0+1 in x[0+1,2]; None where it has a name in it."""
    match node:
        case Number(value=value):
            return value
        case Sum(terms=operands) | Product(factors=operands):
            values = [_constant(operand.node) for operand in operands]
            if None in values or any(operand.sign in ("/", "//") for operand in operands):
                return None
            signed = [-v if o.sign == "-" else v for v, o in zip(values, operands, strict=True) if v is not None]
            return sum(signed, Fraction(0)) if isinstance(node, Sum) else math.prod(signed, start=Fraction(1))
        case _:
            return None
