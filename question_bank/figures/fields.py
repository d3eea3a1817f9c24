"""The receptive-field cone: what one output unit sees, layer by layer, in one dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from question_bank.figures.drawing import COLOURS, INK, PAPER, SOFT, Drawing, Figure, listed, text_width

SQUARE, ROW = 13.0, 62.0
MOST = 64  # units of the input that are drawn side by side
BLUE, ORANGE = COLOURS[0], COLOURS[1]


def cone(
    layers: Sequence[tuple[int, int]], labels: Sequence[str] = (), whole: bool = True, alt: str | None = None
) -> Figure:
    """One output unit of layers (k, s), first layer first, traced down to the input.

    whole: draw every unit that the output unit sees, which can be counted. Without it, a row shows only the window of
    one unit above it and, dashed, the window of that unit's neighbour: what a question about the field may show.
    labels: names of the layers, in place of "layer 1".
    """
    names = [labels[i] if i < len(labels) else f"layer {i + 1}" for i in range(len(layers))]
    drawing = Drawing()
    if whole:
        _cone(drawing, layers, names)
    else:
        _windows(drawing, layers, names)
    title = "Receptive field of one output unit" if whole else "Windows of the layers"
    return drawing.figure(title, alt or (_cone_alt if whole else _windows_alt)(layers, names))


def _counts(layers: Sequence[tuple[int, int]]) -> list[int]:
    """How many units of the input and of each layer the output unit sees; the last is 1."""
    counts = [1]
    for k, s in reversed(layers):
        counts.append((counts[-1] - 1) * s + k)
    return counts[::-1]


def _cone(drawing: Drawing, layers: Sequence[tuple[int, int]], names: Sequence[str]) -> None:
    """Units lie above the middle of what they see; where that is too wide, the middle of a row is left out."""
    counts = _counts(layers)
    width = min(counts[0], MOST) * SQUARE
    scale = width / counts[0]
    jump, start = 1.0, 0.5
    edges = []
    for depth, count in enumerate(counts):
        if depth:
            k, s = layers[depth - 1]
            start, jump = start + (k - 1) / 2 * jump, jump * s
        y = (len(layers) - depth) * ROW
        centres = [(start + i * jump) * scale for i in range(count)]
        edges.append(_row(drawing, centres, y, jump * scale, top=depth == len(layers)))
        drawing.text(-14, y + SQUARE / 2, _row_name(depth, layers, names), anchor="end")
        drawing.text(width + 14, y + SQUARE / 2, _units(count), anchor="start", font_weight="bold")
    for depth in range(1, len(counts)):
        y = (len(layers) - depth) * ROW + SQUARE
        for above, below in zip(edges[depth], edges[depth - 1], strict=True):
            drawing.line([(above, y), (below, y + ROW - SQUARE)], stroke=BLUE, stroke_width=1.5)


def _row(drawing: Drawing, centres: Sequence[float], y: float, apart: float, top: bool) -> tuple[float, float]:
    """Draw a row of units; returns its left and right edge."""
    fill = ORANGE if top else BLUE
    left, right = centres[0] - SQUARE / 2, centres[-1] + SQUARE / 2
    drawn = list(centres)
    if apart < SQUARE - 0.01:
        left, right = min(left, centres[0]), max(right, centres[-1])
        room = int((right - left) / 2 / SQUARE) - 1
        ends = max(1, min(4, room))
        if len(centres) > 2 * ends:
            drawn = [centres[0] + i * SQUARE for i in range(ends)]
            drawn += [centres[-1] - i * SQUARE for i in reversed(range(ends))]
            gap = ((drawn[ends - 1], y + SQUARE / 2), (drawn[ends], y + SQUARE / 2))
            drawing.line(gap, stroke=BLUE, stroke_width=2, stroke_dasharray="2 5")
    for centre in drawn:
        drawing.rect(centre - SQUARE / 2, y, SQUARE, SQUARE, fill=fill, fill_opacity=0.35, stroke=INK)
    return left, right


def _row_name(depth: int, layers: Sequence[tuple[int, int]], names: Sequence[str]) -> str:
    if depth == 0:
        return "input"
    k, s = layers[depth - 1]
    return f"{names[depth - 1]} (k = {k}, s = {s})"


def _units(count: int) -> str:
    return f"{count} unit{'s' * (count > 1)}"


def _windows(drawing: Drawing, layers: Sequence[tuple[int, int]], names: Sequence[str]) -> None:
    """Two neighbours of each row, and below them the windows that they see."""
    reach = max(k + s for k, s in layers)
    square = 22.0
    name = max(text_width(_row_name(d, layers, names), 13) for d in range(len(layers) + 1))
    for depth in range(len(layers), -1, -1):
        y = (len(layers) - depth) * ROW
        k, s = layers[depth] if depth < len(layers) else (1, 1)
        first = _first(k, s, reach)
        for i in range(k + s):
            inside = i < k
            fill = (ORANGE if depth == len(layers) else BLUE) if inside else PAPER
            x = (first + i) * square
            drawing.rect(x, y, square, square, fill=fill, fill_opacity=0.35 if inside else 1, stroke=INK)
        for x in ((first - 0.7) * square, (first + k + s + 0.7) * square):
            drawing.text(x, y + square / 2 - 3, "…", size=16, fill=SOFT)
        drawing.text(-1.5 * square - name, y + square / 2, _row_name(depth, layers, names), anchor="start")
        if depth < len(layers):
            _trace(drawing, y - ROW + square, y, square, layers, depth, reach)


def _first(k: int, s: int, reach: int) -> int:
    return (reach - k - s) // 2


def _trace(
    drawing: Drawing, above: float, y: float, square: float, layers: Sequence[tuple[int, int]], depth: int, reach: int
) -> None:
    """From one unit above to its window, and dashed from its right neighbour to the next window."""
    k, s = layers[depth]
    first = _first(k, s, reach) * square
    upper = layers[depth + 1] if depth + 1 < len(layers) else (1, 1)
    unit = (_first(*upper, reach) + upper[0] - 1) * square  # the window's last: its neighbour stands outside
    for shift, stroke, dash in ((0, BLUE, "none"), (1, ORANGE, "5 3")):
        left, right = first + shift * s * square, first + (shift * s + k) * square
        style: dict[str, Any] = {"stroke": stroke, "stroke_dasharray": dash, "stroke_width": 1.6}
        drawing.line([(unit + shift * square, above), (left, y)], **style)
        drawing.line([(unit + (shift + 1) * square, above), (right, y)], **style)
        drawing.rect(left, y + 3 * shift, k * square, square - 6 * shift, **style | {"stroke_width": 2.5})


def _cone_alt(layers: Sequence[tuple[int, int]], names: Sequence[str]) -> str:
    counts = _counts(layers)
    below = ["the input", *(_row_name(d, layers, names) for d in range(1, len(layers)))]
    rows = [f"{_units(counts[d])} of {below[d]}" for d in range(len(layers) - 1, -1, -1)]
    return f"One unit of {_row_name(len(layers), layers, names)} sees, going down, {listed(rows)}."


def _windows_alt(layers: Sequence[tuple[int, int]], names: Sequence[str]) -> str:
    below = ["the input", *names]
    windows = [
        f"one unit of {names[d]} sees {_units(k)} of {below[d]}, its neighbour those that begin {_units(s)} further on"
        for d, (k, s) in enumerate(layers)
    ]
    return "Windows in one dimension, from the input up: " + "; ".join(windows) + "."
