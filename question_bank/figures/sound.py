"""What every figure must keep to, whoever drew it: it may stand in a page, and nothing in it can act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from question_bank.figures.drawing import Figure

MAX_BYTES = 60 * 1024
SMALLEST = 11  # pixels of a text
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {
    "svg",
    "g",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "path",
    "text",
    "tspan",
    "title",
    "desc",
}
_NUMBERS = re.compile(r"-?\d+(\.\d+)?( -?\d+(\.\d+)?){3}")
_OUTSIDE = re.compile(r"url\(|href|//|data:|javascript:|@import", re.IGNORECASE)


def faults(figure: Figure) -> Iterator[str]:
    """What is wrong with a figure, a line each."""
    if not figure.alt.strip():
        yield "its text alternative is empty"
    if (size := len(figure.svg.encode())) > MAX_BYTES:
        yield f"expected at most {MAX_BYTES} bytes, found {size}"
    try:
        if "<!" in figure.svg or "<?" in figure.svg:
            yield "expected elements alone, found a declaration or a comment"
            return
        root = ElementTree.fromstring(figure.svg)  # noqa: S314 - the author's, and without declarations
    except ElementTree.ParseError as error:
        yield f"is not well-formed: {error}"
        return
    yield from _root(root)
    for element in root.iter():
        yield from _element(element)


def _root(root: ElementTree.Element) -> Iterator[str]:
    if root.tag != f"{SVG}svg":
        yield f"expected an svg element, found {root.tag}"
    if not _NUMBERS.fullmatch(root.get("viewBox", "")):
        yield f"expected a viewBox of four numbers, found {root.get('viewBox')!r}"
    if root.get("role") != "img":
        yield f"expected role img, found {root.get('role')!r}"
    if not (root.findtext(f"{SVG}title") or "").strip():
        yield "has no title"


def _element(element: ElementTree.Element) -> Iterator[str]:
    name = element.tag.removeprefix(SVG)
    if name not in DRAWN:
        yield f"holds an element {name}, which is not for drawing"
    for attribute, value in element.attrib.items():
        if attribute.startswith("on") or attribute in ("style", "class", "id") or _OUTSIDE.search(attribute + value):
            yield f"{name} has an attribute {attribute}={value!r:.40}, which acts, leaks or refers to something"
    if float(size := element.get("font-size", "13")) < SMALLEST:
        yield f"expected texts of at least {SMALLEST} pixels, found {size}"
