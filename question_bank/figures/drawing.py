"""An SVG drawing that knows its extent, so that nothing is cut off. Shapes are in pixels, y points down.

The SVG refers to nothing, holds no script and no style sheet, and names no id: it may stand in any page. It has its own
white ground, so it reads in light and in dark themes. The same calls give the same bytes.
"""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

INK, SOFT, LINE, SHADE, PAPER = "#1c2330", "#4a5363", "#8a94a5", "#e8ebf0", "#ffffff"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")  # Okabe and Ito: safe for the colour-blind
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
MARGIN = 14
WIDEST = 860  # what a page holds; drawings that can wrap do it here

Point = tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """A picture: its SVG, and `alt`, which says in words what it shows."""

    svg: str
    alt: str

    @property
    def img(self) -> str:
        """The picture as one line of HTML that holds all of it: nothing is fetched, and nothing in it can act."""
        data = base64.b64encode(self.svg.encode()).decode()
        alt = html.escape(" ".join(self.alt.split())).replace("$", "&#36;")  # a dollar would begin a formula
        return f'<img alt="{alt}" src="data:image/svg+xml;base64,{data}">'


class Drawing:
    """Shapes and texts, in the order in which they are drawn."""

    def __init__(self) -> None:
        self._groups: list[tuple[str, list[str]]] = []
        self._left = self._top = float("inf")
        self._right = self._bottom = float("-inf")

    def rect(self, x: float, y: float, width: float, height: float, radius: float = 0, **style: Any) -> None:
        """A rectangle with its top left corner at (x, y)."""
        self._reach((x, y), (x + width, y + height))
        corner = f' rx="{number(radius)}"' if radius else ""
        size = f'width="{number(width)}" height="{number(height)}"'
        self._add(_shape(style), f'<rect x="{number(x)}" y="{number(y)}" {size}{corner}/>')

    def line(self, points: Sequence[Point], closed: bool = False, **style: Any) -> None:
        """A line through points; a polygon where it is closed."""
        self._reach(*points)
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        tag = "polygon" if closed else "polyline"
        self._add(_shape(style), f'<{tag} points="{path}"/>')

    def circle(self, x: float, y: float, radius: float, **style: Any) -> None:
        """A circle around (x, y)."""
        self._reach((x - radius, y - radius), (x + radius, y + radius))
        self._add(_shape(style), f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')

    def arrow(self, start: Point, end: Point) -> None:
        """A horizontal arrow to the right."""
        (x, y), (tip, _) = start, end
        self.line([(x, y), (tip - 6, y)], stroke=SOFT, stroke_width=1.5)
        self.line([(tip - 7, y - 4), (tip, y), (tip - 7, y + 4)], closed=True, fill=SOFT, stroke="none")

    def text(
        self, x: float, y: float, text: str, size: float = 13, anchor: str = "middle", fill: str = INK, **style: Any
    ) -> None:
        """A line of text around (x, y); `anchor` says which point of it lies at x: start, middle or end."""
        width = text_width(text, size) * (1.1 if "font_weight" in style else 1)
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        self._reach((left, y - size / 2), (left + width, y + size / 2))
        attributes = {"font-size": number(size), "text-anchor": anchor, "fill": fill} | style
        self._add(_attributes(attributes), f'<text x="{number(x)}" y="{number(y + 0.35 * size)}">{escape(text)}</text>')

    def figure(self, title: str, alt: str) -> Figure:
        """The drawing on a white ground, with a margin around all that was drawn."""
        left, top = self._left - MARGIN, self._top - MARGIN
        width, height = self._right + MARGIN - left, self._bottom + MARGIN - top
        size = f'width="{number(width)}" height="{number(height)}"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{number(left)} {number(top)} {number(width)} '
            f'{number(height)}" {size} role="img" font-family="{FONT}">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(alt)}</desc>",
            f'<rect x="{number(left)}" y="{number(top)}" {size} rx="8" fill="{PAPER}"/>',
            *(f"<g {style}>{''.join(elements)}</g>" for style, elements in self._groups),
            "</svg>",
        ]
        return Figure("\n".join(lines), alt)

    def _reach(self, *points: Point) -> None:
        for x, y in points:
            self._left, self._right = min(self._left, x), max(self._right, x)
            self._top, self._bottom = min(self._top, y), max(self._bottom, y)

    def _add(self, style: str, element: str) -> None:
        """Neighbours of one style share a group, which keeps a large grid small."""
        if not self._groups or self._groups[-1][0] != style:
            self._groups.append((style, []))
        self._groups[-1][1].append(element)


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def escape(text: str) -> str:
    """Text inside XML; characters that XML cannot hold are left out."""
    return html.escape("".join(c for c in text if c.isprintable() or c in "\n\t"))


def text_width(text: str, size: float) -> float:
    """About how wide a text is, rather too wide than too narrow: fonts differ."""
    return size * sum(_WIDTHS.get(character, 0.62) for character in text)


_WIDTHS = dict.fromkeys("ijlI.,:;|!'()[] ", 0.38) | dict.fromkeys("mwMW%@—…", 0.95)


def listed(items: Iterable[str]) -> str:
    """ "a, b and c"."""
    *head, last = items
    return f"{', '.join(head)} and {last}" if head else last


def _shape(style: dict[str, Any]) -> str:
    return _attributes({"fill": "none", "stroke": INK} | style)


def _attributes(style: dict[str, Any]) -> str:
    return " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in style.items())
