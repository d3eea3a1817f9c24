"""A class becomes a template, an instance is a variant, and reading a part on an instance is its key.

    @template(topics=["cnn/shapes"], where=lambda q: q.n > q.k)
    class ConvSide:
        stem = "A ${{ n }}\\times{{ n }}$ image, kernel ${{ k }}\\times{{ k }}$."
        n: int = integers(8, 64)
        k: int = one_of(3, 5)
        side = part("Side of the output", lambda q: conv_out(q.n, q.k))
        side.mistake(FORGOT_PLUS_ONE, lambda q: conv_out(q.n, q.k) - 1)
        solution = "$({{ n }} - {{ k }})/1 + 1 = {{ side }}$"

`ConvSide(n=8, k=3).side == 6`; `ConvSide.draw("any seed")` is a variant that depends on the seed alone.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from question_bank.answers import Answer, Explanation, Integer
from question_bank.domains import Domain, hashed_int
from question_bank.errors import DrawError, TemplateError
from question_bank.figures import Figure
from question_bank.misconceptions import Misconception
from question_bank.rendering import render

Question = Callable[..., Any]  # a function of the variant, `lambda q: …`

TRIES = 200  # draws before we enumerate a small space, or give up on a large one
ENUMERABLE = 20_000  # spaces up to this many combinations are enumerated when draws run dry


@dataclass(frozen=True)
class Mistake:
    """A misconception and the wrong key that it produces. `when` says in which variants it can arise."""

    misconception: Misconception
    key: Question
    when: Question | None = None

    def arises(self, variant: Variant) -> bool:
        return self.when is None or bool(self.when(variant))


@dataclass(eq=False)
class Part:
    """One thing answered and marked. As a class attribute it reads as itself, on a variant as the key."""

    prompt: str
    key: Question
    answer: Answer | Callable[[Any], Answer] = field(default_factory=Integer)
    points: float = 1.0
    name: str = ""
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, misconception: Misconception, key: Question, when: Question | None = None) -> None:
        """Add the wrong key that `misconception` gives; `when` restricts it to variants where it can arise."""
        self.mistakes.append(Mistake(misconception, key, when))

    @property
    def by_hand(self) -> bool:
        """Whether a person marks it."""
        return isinstance(self.answer, Explanation)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, variant: Variant | None, owner: type) -> Any:
        return self if variant is None else variant.key(self.name)

    def mistakes_in(self, variant: Variant) -> list[tuple[Misconception, Any]]:
        """The wrong keys of this variant."""
        return [(m.misconception, m.key(variant)) for m in self.mistakes if m.arises(variant)]


def part(
    prompt: str, key: Question, answer: Answer | Callable[[Any], Answer] | None = None, points: float = 1.0
) -> Any:
    """A part: its prompt (jinja2), its key as a function of the variant, its kind of answer (an integer by default).

    The kind may be a function of the variant, too: `lambda q: Choice(q.options)`. `points` weighs the part within its
    question.
    """
    return Part(prompt, key, answer or Integer(), points)


class Variant:
    """A template with its parameters fixed. Immutable; equal to another with the same template and note."""

    template: Template

    def __init__(self, **parameters: Any) -> None:
        self.__dict__.update(parameters)
        self.__dict__["parameters"] = parameters
        self.__dict__["_keys"] = {}

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a variant is immutable; cannot set {name!r}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Variant) and (self.template, self.note) == (other.template, other.note)

    def __hash__(self) -> int:
        return hash((self.template.path, self.note))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.parameters.items())})"

    @property
    def parameters(self) -> dict[str, Any]:
        """The drawn values by name, in the order of the class."""
        return dict(self.__dict__["parameters"])

    @property
    def note(self) -> str:
        """The string that decides whether two variants are the same question."""
        spec = self.template.note
        if spec:
            return spec(self)
        parameters = {n: v for n, v in self.parameters.items() if not self.template.domains[n].cosmetic}
        return json.dumps(parameters, separators=(",", ":"), sort_keys=True)

    def key(self, name: str) -> Any:
        """The key of a part, computed once. For code, the reference as a function of the case's inputs."""
        keys = self.__dict__["_keys"]
        if name not in keys:
            keys[name] = self.template.parts[name].key(self)
        return keys[name]

    def answer_of(self, name: str) -> Answer:
        """The kind of answer that a part asks for in this variant."""
        answer = self.template.parts[name].answer
        return answer if isinstance(answer, Answer) else answer(self)

    def given(self, **responses: Any) -> Variant:
        """The variant as it looks to someone who answered these parts so: follow-through, later keys build on them."""
        other = type(self)(**self.parameters)
        other.__dict__["_keys"].update(responses)
        return other

    @property
    def stem(self) -> str:
        """The text shared by the parts, as Markdown. It sees the parameters, never the keys."""
        return render(self.template.stem, Names(self, keys=False), f"{self.template.path}: stem")

    @property
    def solution(self) -> str:
        """The worked solution of this variant: Markdown or, where every part is code, Python."""
        return render(self.template.solution, Names(self, keys=True), f"{self.template.path}: solution")

    def prompt(self, name: str) -> str:
        """The text of one part, as Markdown."""
        text = self.template.parts[name].prompt
        return render(text, Names(self, keys=False), f"{self.template.path}: prompt of {name}")

    def figure(self) -> Figure | None:
        """A picture for the stem, where the author's class draws one in this variant.

        Raises TemplateError where it cannot be drawn, or is drawn from a key.
        """
        drawn_from = type(self)(**self.parameters)
        try:
            figure = self.template.drawing(drawn_from) if self.template.drawing else None
        except Exception as error:  # whatever an author's function raises is a fault of the template
            raise TemplateError(f"{self.template.path}: figure: {type(error).__name__}: {error}") from error
        if not isinstance(figure, Figure | None):
            raise TemplateError(f"{self.template.path}: figure: expected a Figure, found {type(figure).__name__}")
        if keys := drawn_from.__dict__["_keys"]:
            raise TemplateError(f"{self.template.path}: figure: drawn from the key of {', '.join(keys)}")
        return figure

    def tellable(self) -> bool:
        """Whether every mistake differs from the key and from the part's other mistakes."""
        return all(_distinct(self, p) for p in self.template.parts.values())


def _distinct(variant: Variant, p: Part) -> bool:
    keys = [variant.key(p.name), *(wrong for _, wrong in p.mistakes_in(variant))]
    if len(keys) == 1:
        return True
    answer = variant.answer_of(p.name)
    return not any(answer.same(a, b) for a, b in itertools.combinations(keys, 2))


@lru_cache(maxsize=1024)
def _public_names(template: Template) -> frozenset[str]:
    """What the author's class adds to a plain variant."""
    names = frozenset(name for name in dir(template.variant_class) if name[0] != "_")
    return names - frozenset(dir(Variant)) - {"template", "stem", "solution", "figure"}


class Names(Mapping[str, Any]):
    """What a text may name: the parameters, the author's own helpers and, where allowed, the keys."""

    def __init__(self, variant: Variant, keys: bool) -> None:
        self._variant = variant
        names = _public_names(variant.template)  # the parameters among them: they are fields of the author's class
        self._names = names if keys else names - variant.template.parts.keys()

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        return getattr(self._variant, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True, eq=False)
class Template:
    """A parameterised question. `path` ("shapes/conv_side": folder and file) is its identity."""

    path: str
    title: str
    topics: tuple[str, ...]
    difficulty: int
    minutes: int
    version: int
    stem: str
    solution: str
    domains: dict[str, Domain]
    parts: dict[str, Part]
    where: Question | None
    note: Callable[[Variant], str] | None
    drawing: Question | None
    variant_class: type[Variant]

    @property
    def points(self) -> float:
        """What a question is worth where a blueprint says nothing: the sum over its parts."""
        return sum(p.points for p in self.parts.values())

    @property
    def by_hand(self) -> dict[str, float]:
        """The parts that a person marks, each with its share of the points."""
        return {name: part.points / self.points for name, part in self.parts.items() if part.by_hand}

    def __call__(self, **parameters: Any) -> Variant:
        """The variant with these parameters.

        Raises TemplateError where a name is unknown or missing, or a value lies outside its domain.
        """
        if set(parameters) != set(self.domains):
            raise TemplateError(
                f"{self.path}: expected parameters {', '.join(self.domains)}; found {', '.join(parameters)}"
            )
        variant = self.variant_class(**{name: parameters[name] for name in self.domains})
        for name, domain in self.domains.items():
            if not domain.contains(variant, parameters[name]):
                raise TemplateError(f"{self.path}: {name} = {parameters[name]!r} is not among its choices")
        return variant

    def dealt(self, parameters: Mapping[str, Any]) -> Variant:
        """The variant that a manifest records, whatever today's domains are: what was dealt stays dealt.

        Raises TemplateError where the names of the parameters have changed since.
        """
        if set(parameters) != set(self.domains):
            dealt, known = ", ".join(parameters), ", ".join(self.domains)
            raise TemplateError(f"{self.path}: dealt with parameters {dealt}; version {self.version} has {known}")
        return self.variant_class(**{name: parameters[name] for name in self.domains})

    def valid(self, variant: Variant) -> bool:
        """Whether the variant may be dealt: the author's condition holds and its mistakes can be told."""
        return (self.where is None or bool(self.where(variant))) and variant.tellable()

    def draw(self, seed: str, fixed: Mapping[str, Any] | None = None, avoid: Container[str] = ()) -> Variant:
        """A valid variant by hashing; with a note that is not in `avoid` while there is one.

        Where every note of a space that can be enumerated stands in `avoid`, some valid variant is returned again.
        Raises DrawError where no draw satisfies the template with the `fixed` parameters, TemplateError where one of
        its functions raises.
        """
        fixed = dict(fixed or {})
        self._check_fixed(fixed)
        try:
            return self._draw(seed, fixed, avoid)
        except TemplateError:
            raise
        except Exception as error:  # whatever an author's function raises is a fault of the template
            raise TemplateError(f"{self.path}: cannot be drawn: {type(error).__name__}: {error}") from error

    def _draw(self, seed: str, fixed: Mapping[str, Any], avoid: Container[str]) -> Variant:
        taken: list[Variant] = []
        for number in range(TRIES):
            variant = self._attempt(seed, number, fixed)
            if variant is None:
                continue
            if variant.note in avoid:
                taken.append(variant)  # whether it is valid, which takes far longer to say, matters only below
            elif self.valid(variant):
                return variant
        return self._draw_from_rest(seed, fixed, avoid, taken)

    def _check_fixed(self, fixed: Mapping[str, Any]) -> None:
        if unknown := set(fixed) - set(self.domains):
            raise DrawError(f"{self.path}: no parameter {', '.join(sorted(unknown))}; it has {', '.join(self.domains)}")

    def _attempt(self, seed: str, number: int, fixed: Mapping[str, Any]) -> Variant | None:
        values: dict[str, Any] = {}
        for name, domain in self.domains.items():
            q = self.variant_class(**values)
            if name in fixed:
                if not domain.contains(q, fixed[name]):
                    return None
                values[name] = fixed[name]
            elif size := domain.size(q):
                values[name] = domain.at(q, hashed_int(seed, self.path, self.version, name, number) % size)
            else:
                return None
        return self.variant_class(**values)

    def _draw_from_rest(
        self, seed: str, fixed: Mapping[str, Any], avoid: Container[str], taken: Sequence[Variant]
    ) -> Variant:
        """Draws ran dry: pick among the variants not yet dealt, if the space is small enough to list them."""
        valid = _enumerated(self, _Fixed(repr(sorted(fixed.items())), fixed))
        if valid is None:
            spare = next((variant for variant in reversed(taken) if self.valid(variant)), None)
            if spare is None:
                raise DrawError(f"{self.path}: none of {TRIES} draws satisfies it{_with(fixed)}")
            return spare
        if not valid:
            raise DrawError(f"{self.path}: no combination of its parameters satisfies it{_with(fixed)}")
        rest = [values for note, values in valid if note not in avoid] or [values for _, values in valid]
        return self.variant_class(**rest[hashed_int(seed, self.path, self.version, "rest") % len(rest)])

    def _combinations(self, fixed: Mapping[str, Any]) -> int:
        """An upper bound for the number of combinations, cut off above ENUMERABLE."""
        return sum(1 for _ in itertools.islice(self._all(fixed), ENUMERABLE + 1))

    def _all(self, fixed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Every combination of parameters that the domains allow, in order."""

        def extend(values: dict[str, Any], names: Sequence[str]) -> Iterator[dict[str, Any]]:
            if not names:
                yield values
                return
            name, q = names[0], self.variant_class(**values)
            domain = self.domains[name]
            if name in fixed:
                choices: Iterator[Any] = iter([fixed[name]] if domain.contains(q, fixed[name]) else [])
            else:
                choices = (domain.at(q, index) for index in range(domain.size(q)))
            for value in choices:
                yield from extend({**values, name: value}, names[1:])

        return extend({}, list(self.domains))

    def enumerated(self) -> list[Variant] | None:
        """All valid variants, one for each note; None where the space is too large to list."""
        found = _enumerated(self, _Fixed("", {}))
        return None if found is None else [self.variant_class(**parameters) for _, parameters in found]

    def space(self, enough: int = 500) -> Space:
        """How many different variants there are, counted up to `enough`."""
        notes = {self.draw(f"space {number}").note for number in range(3 * enough // 2)}
        if len(notes) > enough:
            return Space(enough, exact=False)
        every = self.enumerated()
        return Space(len(notes), exact=False) if every is None else Space(len(every), exact=True)

    def variants(self, fixed: Mapping[str, Any] | None = None) -> Iterator[Variant]:
        """Every valid variant, in order, one for each note. Large spaces make long iterators."""
        seen: set[str] = set()
        for values in self._all(fixed or {}):
            variant = self.variant_class(**values)
            if self.valid(variant) and variant.note not in seen:
                seen.add(variant.note)
                yield variant


@dataclass(frozen=True)
class Space:
    """The number of variants: exactly so many, or more than that."""

    variants: int
    exact: bool

    def __str__(self) -> str:
        return f"{'' if self.exact else 'more than '}{self.variants}"


@dataclass(frozen=True)
class _Fixed:
    """Fixed parameters that can be looked up: by their text, which tells 1 from True."""

    text: str
    values: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=16)  # once a space is used up, every further student asks for it
def _enumerated(template: Template, fixed: _Fixed) -> tuple[tuple[str, dict[str, Any]], ...] | None:
    """The notes and parameters of all valid variants; None where the space is too large for that."""
    if template._combinations(fixed.values) > ENUMERABLE:
        return None
    return tuple((variant.note, variant.parameters) for variant in template.variants(fixed.values))


def _with(fixed: Mapping[str, Any]) -> str:
    return f" with {', '.join(f'{k} = {v!r}' for k, v in fixed.items())}" if fixed else ""


def template(
    *,
    topics: Sequence[str],
    difficulty: int = 2,
    minutes: int = 3,
    where: Question | None = None,
    note: Callable[[Any], str] | None = None,
    version: int = 1,
) -> Callable[[type], Template]:
    """Turn a class with a stem, fields, parts and a solution into a Template.

    topics: what it is about, "area/topic".
    difficulty: from 1 (a formula with numbers put in) to 5 (several ideas have to be combined).
    minutes: what a student who knows the matter takes for it.
    where: which draws make a sensible question.
    note: what makes two variants the same question, where that is not simply their parameters.
    version: to be raised when draws or keys change.
    """

    def decorate(cls: type) -> Template:
        namespace = vars(cls)
        path = "/".join(cls.__module__.split(".")[-2:])
        for text in ("stem", "solution"):
            if not isinstance(namespace.get(text), str):
                raise TemplateError(f"{path}: class {cls.__name__} needs a text named {text!r}")
        domains = {name: value for name, value in namespace.items() if isinstance(value, Domain)}
        parts = {name: value for name, value in namespace.items() if isinstance(value, Part) and value.name == name}
        if not parts:
            raise TemplateError(f"{path}: class {cls.__name__} has no part")
        if "answer" in parts and parts["answer"].by_hand:
            raise TemplateError(f"{path}: answer: the cell of answers has this name; choose another")
        if taken := sorted((domains.keys() | parts.keys()) & vars(Variant).keys()):
            raise TemplateError(f"{path}: {', '.join(taken)}: every variant has this name; choose another")
        own = {
            "__module__": cls.__module__,
            "stem": Variant.stem,
            "solution": Variant.solution,
            "figure": Variant.figure,
        }
        variant_class: Any = type(cls.__name__, (cls, Variant), own)
        built = Template(
            path=path,
            title=_title(cls),
            topics=tuple(topics),
            difficulty=difficulty,
            minutes=minutes,
            version=version,
            stem=namespace["stem"],
            solution=namespace["solution"],
            domains=domains,
            parts=parts,
            where=where,
            note=note,
            drawing=namespace.get("figure"),
            variant_class=variant_class,
        )
        variant_class.template = built
        return built

    return decorate


def _title(cls: type) -> str:
    """The first line of the module's docstring, or the class's name where it has none."""
    doc = sys.modules[cls.__module__].__doc__ if cls.__module__ in sys.modules else None
    return doc.strip().splitlines()[0] if doc else cls.__name__
