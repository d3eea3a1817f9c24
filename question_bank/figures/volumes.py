"""Feature maps as stacks of sheets, with the operations between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from question_bank.figures.drawing import INK, PAPER, SOFT, WIDEST, Drawing, Figure, text_width

Size = Sequence[int | None] | None
Layer = tuple[str, Size]

SHEET = "#cfe3f2"
SHEETS = 8
STEP = 4  # how far a sheet lies behind the one before it


def stacks(*layers: Layer | str, alt: str | None = None) -> Figure:
    """Stacks of feature maps from left to right, an operation's name on the arrow between them.

    `stacks(("input", (32, 32, 3)), "conv 5×5, 20", ("", (28, 28, 20)), "max pool 2×2", ("", None))`

    A stack is (label, (height, width, channels)); a vector is (label, (length,)). None, as a size or in it, is drawn as
    a question mark, and then the stack's size says nothing. Sides and sheets grow with the logarithm of the size. A
    comma in an operation begins a new line.
    """
    drawing, top = Drawing(), 0.0
    for row in _rows(layers):
        top = _draw(drawing, row, top) + 34
    return drawing.figure("Feature maps and the operations between them", alt or _alt(layers))


def _rows(layers: Sequence[Layer | str]) -> list[list[Step]]:
    """Stacks, each with the operations that lead to it, broken into rows that a page holds."""
    rows: list[list[Step]] = [[]]
    operations: list[str] = []
    x = 0.0
    for index, layer in enumerate(layers):
        if isinstance(layer, str):
            operations.append(layer)
        if not isinstance(layer, str) or index == len(layers) - 1:
            step = Step(None if isinstance(layer, str) else layer, tuple(operations), index > 0)
            if rows[-1] and x + step.width > WIDEST:
                rows.append([])
                x = 0.0
            rows[-1].append(step)
            x, operations = x + step.width, []
    return rows


def _side(n: int | None) -> float:
    """Pixels for a side of n: monotone, 1 → 14, 1024 and beyond → 110."""
    return 56.0 if n is None else 14 + 9.6 * min(log2(max(n, 1)), 10)


def _sheets(channels: int | None) -> int:
    return 4 if channels is None else 1 + min(round(0.75 * log2(max(channels, 1))), SHEETS - 1)


def _measures(size: Size) -> tuple[float, float, int]:
    """Height and width of a sheet, and how many there are."""
    if size is None or None in size:
        return _side(None), _side(None), _sheets(None)
    known = [n or 0 for n in size]
    if len(known) == 1:
        return _side(known[0]), 14.0, 1
    return _side(known[0]), _side(known[1]), _sheets(known[2] if len(known) > 2 else 1)


def _caption(size: Size) -> str:
    return "?" if size is None else " × ".join("?" if n is None else str(n) for n in size)


@dataclass(frozen=True)
class Step:
    """An arrow with the names of its operations, unless it is the first, and the stack that it leads to."""

    layer: Layer | None
    operations: tuple[str, ...]
    arrow: bool

    @property
    def lines(self) -> list[str]:
        """The operations as they stand above the arrow."""
        return [line.strip() for operation in self.operations for line in operation.split(",")]

    @property
    def arrow_width(self) -> float:
        """Pixels for the arrow and the space beside it."""
        return max([34.0, *(text_width(line, 12) + 8 for line in self.lines)]) + 16 if self.arrow else 0.0

    @property
    def room(self) -> float:
        """Pixels for the stack and its caption."""
        if self.layer is None:
            return 0.0
        label, size = self.layer
        _, width, sheets = _measures(size)
        return max(width + STEP * (sheets - 1), text_width(label, 13), 1.1 * text_width(_caption(size), 13))

    @property
    def width(self) -> float:
        """Pixels for all of it."""
        return self.arrow_width + self.room

    @property
    def height(self) -> float:
        """Pixels for the stack without its caption."""
        height, _, sheets = _measures(self.layer[1] if self.layer else None)
        return height + STEP * (sheets - 1)


def _draw(drawing: Drawing, row: Sequence[Step], top: float) -> float:
    """Draw a row of stacks, their middles and their captions aligned; returns where it ends."""
    tallest = max(step.height for step in row)
    middle = top + max(tallest / 2, max(len(step.lines) for step in row) * 15 + 6)
    base, x = middle + tallest / 2, 0.0
    for step in row:
        if step.arrow:
            _arrow(drawing, step, x, middle)
        x += step.arrow_width
        if step.layer:
            _stack(drawing, step.layer, x + step.room / 2, middle, base)
        x += step.room
    return base + 40


def _stack(drawing: Drawing, layer: Layer, x: float, middle: float, base: float) -> None:
    """A stack around (x, middle) with its caption below `base`."""
    label, size = layer
    height, width, sheets = _measures(size)
    depth = STEP * (sheets - 1)
    left, top = x - (width + depth) / 2, middle - (height + depth) / 2 + depth
    for back in reversed(range(sheets)):
        fill = PAPER if size is None else SHEET
        drawing.rect(left + STEP * back, top - STEP * back, width, height, fill=fill, stroke=INK)
    drawing.text(x, base + 14, _caption(size), font_weight="bold")
    if label:
        drawing.text(x, base + 32, label, fill=SOFT)


def _arrow(drawing: Drawing, step: Step, left: float, middle: float) -> None:
    drawing.arrow((left + 8, middle), (left + step.arrow_width - 8, middle))
    for index, line in enumerate(reversed(step.lines)):
        drawing.text(left + step.arrow_width / 2, middle - 12 - 15 * index, line, size=12)


def _alt(layers: Sequence[Layer | str]) -> str:
    pieces = []
    for layer in layers:
        if isinstance(layer, str):
            pieces.append(layer)
        else:
            label, size = layer
            caption = "size not given" if size is None else _caption(size)
            what = "vector" if size is not None and len(size) == 1 else "feature maps"
            pieces.append(f"{label or what} ({caption})")
    order = "height × width × channels; " if any(_is_volume(layer) for layer in layers) else ""
    return f"From left to right ({order}in order): {' → '.join(pieces)}."


def _is_volume(layer: Layer | str) -> bool:
    return not isinstance(layer, str) and layer[1] is not None and len(layer[1]) == 3
