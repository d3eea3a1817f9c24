"""Feature maps as stacks of sheets, with the operations between them."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from question_bank.figures.drawing import INK, PAPER, SOFT, WIDEST, Drawing, Figure, text_width

Size = Sequence[int | None] | None
Layer = tuple[str, Size]

SHEET = "#cfe3f2"
STEP = 4  # how far a sheet lies behind the one before it


def stacks(*layers: Layer | str, alt: str | None = None) -> Figure:
    """Stacks of feature maps from left to right, an operation's name on the arrow between them.

    `stacks(("input", (32, 32, 3)), "conv 5×5, 20", ("", (28, 28, 20)), "max pool 2×2", ("", None))`

    A stack is (label, (height, width, channels)); a vector is (label, (length,)). None, as a size or in it, is drawn as
    a question mark, and then the stack's size says nothing. Sides and sheets grow with the logarithm of the size. A
    comma in an operation begins a new line.
    """
    drawing = Drawing()
    x, top, bottom = 0.0, 0.0, 0.0
    pending: list[str] = []
    for layer in layers:
        if isinstance(layer, str):
            pending.append(layer)
            continue
        arrow = _arrow_width(pending) if bottom or pending else 0.0
        if x and x + arrow + _width(layer) > WIDEST:
            x, top = 0.0, top + ROW
        if arrow:
            _arrow(drawing, x, top, arrow, pending)
        x = _stack(drawing, layer, x + arrow, top)
        pending, bottom = [], top
    if pending:
        _arrow(drawing, x, top, _arrow_width(pending), pending)
    return drawing.figure("Feature maps and the operations between them", alt or _alt(layers))


TALLEST = 120  # of one sheet
SHEETS = 8
MIDDLE = 78
ROW = MIDDLE + 130


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


def _width(layer: Layer) -> float:
    label, size = layer
    _, width, sheets = _measures(size)
    return max(width + STEP * (sheets - 1), text_width(label, 13), text_width(_caption(size), 13))


def _stack(drawing: Drawing, layer: Layer, left: float, top: float) -> float:
    """Draw a stack; returns where it ends."""
    label, size = layer
    height, width, sheets = _measures(size)
    room, depth = _width(layer), STEP * (sheets - 1)
    x = left + (room - width - depth) / 2
    y = top + MIDDLE - (height + depth) / 2
    for back in reversed(range(sheets)):
        fill = PAPER if size is None else SHEET
        drawing.rect(x + STEP * back, y + depth - STEP * back, width, height, fill=fill, stroke=INK)
    base = top + MIDDLE + (height + depth) / 2
    drawing.text(left + room / 2, base + 14, _caption(size), font_weight="bold")
    if label:
        drawing.text(left + room / 2, base + 32, label, fill=SOFT)
    return left + room


def _lines(operations: Sequence[str]) -> list[str]:
    return [line.strip() for operation in operations for line in operation.split(",")]


def _arrow_width(operations: Sequence[str]) -> float:
    return max([34.0, *(text_width(line, 12) + 8 for line in _lines(operations))]) + 16


def _arrow(drawing: Drawing, left: float, top: float, width: float, operations: Sequence[str]) -> None:
    y = top + MIDDLE
    drawing.arrow((left + 8, y), (left + width - 8, y))
    for index, line in enumerate(lines := _lines(operations)):
        drawing.text(left + width / 2, y - 12 - 15 * (len(lines) - 1 - index), line, size=12)


def _alt(layers: Sequence[Layer | str]) -> str:
    pieces = []
    for layer in layers:
        if isinstance(layer, str):
            pieces.append(layer)
        else:
            label, size = layer
            caption = "size not given" if size is None else _caption(size)
            pieces.append(f"{label} ({caption})" if label else f"feature maps ({caption})")
    order = "height × width × channels; " if any(_is_volume(layer) for layer in layers) else ""
    return f"From left to right ({order}in order): {' → '.join(pieces)}."


def _is_volume(layer: Layer | str) -> bool:
    return not isinstance(layer, str) and layer[1] is not None and len(layer[1]) == 3
