"""An architecture as a strip of blocks, coloured by what they do."""

from __future__ import annotations

from collections.abc import Sequence

from question_bank.figures.drawing import INK, SOFT, WIDEST, Drawing, Figure, text_width

Out = Sequence[int] | str | None
Block = tuple[str, str] | tuple[str, str, Out]

KINDS = {  # tints of Okabe's and Ito's colours, dark text on them
    "input": "#f1f3f6",
    "conv": "#bcdcf2",
    "pool": "#ffd3b0",
    "fc": "#b5e5d4",
    "norm": "#f6e7a8",
    "activation": "#f0d3e3",
    "dropout": "#dcdfe5",
    "merge": "#ffffff",
    "output": "#f1f3f6",
}
HEIGHT, ROW, GAP = 54, 110, 26


def strip(*blocks: Block, alt: str | None = None) -> Figure:
    """Labelled boxes from left to right, in several rows where one is too long.

    A block is (label, kind) or (label, kind, size of its output), such as ("conv 3×3, 64", "conv", (224, 224, 64)); a
    comma in a label begins a new line. Kinds: input, conv, pool, fc, norm, activation, dropout, merge, output.

    Raises ValueError for another kind.
    """
    drawing, x, y = Drawing(), 0.0, 0.0
    for index, block in enumerate(blocks):
        label, kind, size = block[0], block[1], _size(block)
        if kind not in KINDS:
            raise ValueError(f"block {label!r}: expected a kind among {', '.join(KINDS)}, found {kind!r}")
        lines = [line.strip() for line in label.split(",")]
        width = max(*(text_width(line, 13) + 18 for line in lines), text_width(size, 12), 54)
        if index and x + width > WIDEST:
            x, y = 0.0, y + ROW
        if index:
            drawing.arrow((x - GAP + 4 if x else -GAP + 4, y + HEIGHT / 2), (x - 3, y + HEIGHT / 2))
        drawing.rect(x, y, width, HEIGHT, radius=6, fill=KINDS[kind], stroke=INK)
        for number, line in enumerate(lines):
            drawing.text(x + width / 2, y + HEIGHT / 2 + 16 * (number - (len(lines) - 1) / 2), line)
        if size:
            drawing.text(x + width / 2, y + HEIGHT + 14, size, size=12, fill=SOFT)
        x += width + GAP
    return drawing.figure("Architecture", alt or _alt(blocks))


def _size(block: Block) -> str:
    size = block[2] if len(block) == 3 else None
    if size is None or isinstance(size, str):
        return size or ""
    return " × ".join(map(str, size))


def _alt(blocks: Sequence[Block]) -> str:
    pieces = [block[0] + (f" (output {size})" if (size := _size(block)) else "") for block in blocks]
    return f"Architecture, {len(blocks)} block{'s' * (len(blocks) > 1)} in order: {' → '.join(pieces)}."
