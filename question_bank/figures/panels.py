"""Matrices side by side: an image, a kernel, the window that lies under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from question_bank.answers import number_text
from question_bank.figures.drawing import COLOURS, INK, LINE, PAPER, SHADE, SOFT, Drawing, Figure, listed, text_width

Entry = int | float | Fraction | str | None
Window = tuple[int, int, int, int]  # row, column, height, width: counted from 0 in the grid as it is drawn

CELL, SIZE, NAME, SIGN, GAP = 30, 14, 15, 24, 16
DASHES = ("none", "7 3", "2 3", "9 3 2 3")  # marks differ in more than their colour


@dataclass(frozen=True)
class Grid:
    """A matrix to be drawn."""

    rows: tuple[tuple[str, ...], ...]
    label: str
    marked: tuple[Window, ...]
    base: int | None
    padding: int

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns, the padding among them."""
        return len(self.rows), len(self.rows[0])


def grid(
    rows: Sequence[Sequence[Entry]],
    label: str = "",
    marked: Sequence[Window] = (),
    blank: bool = False,
    base: int | None = None,
    padding: int = 0,
    padded_with: Entry = 0,
) -> Grid:
    """A matrix for `grids`.

    rows: its entries; None or "" leaves a cell blank, a text stands as it is.
    label: what stands above it.
    marked: windows (row, column, height, width) to be outlined, each in another colour; rows and columns count from 0,
        with padding from the first row of the padding.
    blank: leave every cell blank: the size is what matters.
    base: 0 or 1: number rows and columns from there; None: no numbers. The padding has none.
    padding: so many shaded cells are put around the rows, filled with `padded_with`.

    Raises ValueError where the rows differ in length, or a mark lies outside.
    """
    texts = [["" if blank else _text(entry) for entry in row] for row in rows]
    if not texts or not texts[0] or len({len(row) for row in texts}) > 1:
        raise ValueError(f"grid {label!r}: expected rows of one length, found lengths {[len(row) for row in texts]}")
    side, full = [_text(padded_with)] * padding, [_text(padded_with)] * (len(texts[0]) + 2 * padding)
    padded = [full] * padding + [side + row + side for row in texts] + [full] * padding
    found = Grid(tuple(map(tuple, padded)), label, tuple(marked), base, padding)
    for row, column, height, width in marked:
        last_row, last_column = found.size
        if min(row, column) < 0 or min(height, width) < 1 or row + height > last_row or column + width > last_column:
            raise ValueError(f"grid {label!r}: the window {(row, column, height, width)} lies outside {found.size}")
    return found


def grids(*panels: Grid | str, alt: str | None = None) -> Figure:
    """Matrices side by side, with the signs between them: `grids(grid(x, "x"), "∗", grid(w, "w"), "=", "?")`."""
    drawing, x = Drawing(), 0.0
    middle = max(panel.size[0] for panel in panels if isinstance(panel, Grid)) * CELL / 2
    for panel in panels:
        if isinstance(panel, str):
            width = text_width(panel, SIGN)
            drawing.text(x + width / 2, middle, panel, size=SIGN)
            x += width + GAP
        else:
            x = _draw(drawing, panel, x, middle - panel.size[0] * CELL / 2) + GAP
    labels = [panel.label for panel in panels if isinstance(panel, Grid) and panel.label]
    return drawing.figure(listed(labels) if labels else "Matrices", alt or _alt(panels))


def _text(entry: Entry) -> str:
    if entry is None or isinstance(entry, str):
        return entry or ""
    return number_text(entry).replace("-", "−")


def _draw(drawing: Drawing, panel: Grid, left: float, top: float) -> float:
    """Draw a grid; returns where it ends."""
    rows, columns = panel.size
    cell = max([CELL, *(text_width(text, SIZE) + 10 for row in panel.rows for text in row)])
    wider = max(0.0, 1.1 * text_width(panel.label, NAME) - columns * cell) / 2
    left += max(wider, 0 if panel.base is None else 18)
    right, bottom = left + columns * cell, top + rows * CELL
    p = panel.padding
    drawing.rect(left, top, right - left, bottom - top, fill=SHADE if p else PAPER, stroke="none")
    drawing.rect(left + p * cell, top + p * CELL, (columns - 2 * p) * cell, (rows - 2 * p) * CELL, fill=PAPER)
    for index, (row, column, height, width) in enumerate(panel.marked):
        x, y, colour = left + column * cell, top + row * CELL, COLOURS[index % len(COLOURS)]
        drawing.rect(x, y, width * cell, height * CELL, fill=colour, stroke="none", fill_opacity=0.18)
    for row in range(rows + 1):
        drawing.line([(left, top + row * CELL), (right, top + row * CELL)], stroke=LINE)
    for column in range(columns + 1):
        drawing.line([(left + column * cell, top), (left + column * cell, bottom)], stroke=LINE)
    for i, entries in enumerate(panel.rows):
        for j, text in enumerate(entries):
            if text:
                inside = p <= i < rows - p and p <= j < columns - p
                drawing.text(
                    left + (j + 0.5) * cell, top + (i + 0.5) * CELL, text, size=SIZE, fill=INK if inside else SOFT
                )
    _outline(drawing, panel, left, top, cell)
    _name(drawing, panel, left, top, cell)
    return right + wider


def _outline(drawing: Drawing, panel: Grid, left: float, top: float, cell: float) -> None:
    """The marks' outlines; one that overlaps others lies further in, so that all of them can be seen."""
    for index, (row, column, height, width) in enumerate(panel.marked):
        beneath = sum(_overlap(panel.marked[index], other) for other in panel.marked[:index])
        inset = 1.5 + 3 * (beneath % 3)
        drawing.rect(
            left + column * cell + inset,
            top + row * CELL + inset,
            width * cell - 2 * inset,
            height * CELL - 2 * inset,
            stroke=COLOURS[index % len(COLOURS)],
            stroke_width=2.5,
            stroke_dasharray=DASHES[index % len(DASHES)],
        )


def _overlap(a: Window, b: Window) -> bool:
    return all(a[axis] < b[axis] + b[axis + 2] and b[axis] < a[axis] + a[axis + 2] for axis in (0, 1))


def _name(drawing: Drawing, panel: Grid, left: float, top: float, cell: float) -> None:
    """The label above the grid, and the numbers of rows and columns."""
    rows, columns = panel.size
    p = panel.padding
    if panel.base is not None:
        for i in range(rows - 2 * p):
            drawing.text(left - 8, top + (i + p + 0.5) * CELL, str(panel.base + i), size=11, anchor="end", fill=SOFT)
        for j in range(columns - 2 * p):
            drawing.text(left + (j + p + 0.5) * cell, top - 9, str(panel.base + j), size=11, fill=SOFT)
    if panel.label:
        above = 14 if panel.base is None else 28
        drawing.text(left + columns * cell / 2, top - above, panel.label, size=NAME, font_weight="bold")


def _alt(panels: Sequence[Grid | str]) -> str:
    shown = ""
    for index, panel in enumerate(panels):
        beside = index and isinstance(panel, Grid) and isinstance(panels[index - 1], Grid)
        shown += ("," if beside else "") + f" {panel if isinstance(panel, str) else panel.label or 'a matrix'}"
    sentences = [_described(panel) for panel in panels if isinstance(panel, Grid)]
    return " ".join([f"{shown.strip()}."] * (len(panels) > 1) + sentences)


def _described(panel: Grid) -> str:
    p = panel.padding
    inside = [row[p : len(row) - p] for row in panel.rows[p : len(panel.rows) - p]]
    rows, columns = len(inside), len(inside[0])
    size = f"{panel.label or 'Matrix'}: {rows} row{'s' * (rows > 1)} and {columns} column{'s' * (columns > 1)}"
    if panel.base is not None:
        size += f", numbered from {panel.base}"
    if any(text for row in inside for text in row):
        words = [f"{size}. Row by row: {'; '.join(' '.join(text or 'blank' for text in row) for row in inside)}."]
    else:
        words = [f"{size}, all blank."]
    if p:
        filled = f"filled with {panel.rows[0][0]}" if panel.rows[0][0] else "left blank"
        words.append(f"Around it, {p} row{'s' * (p > 1)} or column{'s' * (p > 1)} of padding on each side, {filled}.")
    return " ".join(words + [_window(panel, mark) for mark in panel.marked])


def _window(panel: Grid, mark: Window) -> str:
    """Where a mark lies, counted as the grid is numbered; from 1 where it is not, or where padding comes first."""
    row, column, height, width = mark
    base = 1 if panel.base is None or panel.padding else panel.base
    counted = ", the padding counted" if panel.padding else ""
    return f"Marked: {_span('row', base + row, height)}, {_span('column', base + column, width)}{counted}."


def _span(what: str, first: int, count: int) -> str:
    return f"{what} {first}" if count == 1 else f"{what}s {first} to {first + count - 1}"
