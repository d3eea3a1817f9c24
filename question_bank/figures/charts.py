"""Line charts, such as curves of training to be diagnosed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

from question_bank.figures.drawing import COLOURS, INK, LINE, PAPER, SHADE, SOFT, Drawing, Figure, text_width

WIDTH, HEIGHT = 460.0, 250.0
SPOKEN = 20  # values of a series that the text alternative tells
DASHES = ("none", "8 4", "2 3", "10 3 2 3", "5 2", "1 4")


def curves(
    series: Mapping[str, Sequence[float]],
    x_label: str = "epoch",
    y_label: str = "loss",
    x: Sequence[float] | None = None,
    y_range: tuple[float, float] | None = None,
    log_x: bool = False,
    log_y: bool = False,
    alt: str | None = None,
) -> Figure:
    """A line for each series, told apart by colour, dashes and markers.

    x: where the values lie, ascending; 1, 2, 3, … where nothing is said.
    y_range: what the vertical axis spans at least; the values' own range otherwise.
    log_x, log_y: logarithmic axes; values must be positive there.

    Raises ValueError where there is nothing to draw, or a series is longer than x.
    """
    longest = max((len(values) for values in series.values()), default=0)
    xs = list(x) if x is not None else list(range(1, longest + 1))
    if not longest or longest > len(xs):
        raise ValueError(f"curves: expected series of 1 to {len(xs)} values, found {longest}")
    ys = [value for values in series.values() for value in values] + list(y_range or ())
    across, up = Axis(xs, log_x, WIDTH, whole=x is None), Axis(ys, log_y, HEIGHT)
    drawing = Drawing()
    _axes(drawing, across, up, x_label, y_label)
    for index, values in enumerate(series.values()):
        points = [(across.at(a), HEIGHT - up.at(b)) for a, b in zip(xs, values, strict=False)]
        _curve(drawing, points, index)
    _legend(drawing, list(series))
    return drawing.figure(f"{y_label} against {x_label}", alt or _alt(series, xs, x_label, y_label))


class Axis:
    """Where values lie on an axis of so many pixels, and the ticks on it."""

    def __init__(self, values: Sequence[float], log: bool, length: float, whole: bool = False) -> None:
        if log and min(values) <= 0:
            raise ValueError(f"curves: a logarithmic axis expects positive values, found {min(values)}")
        self._log, self._length = log, length
        self.ticks = _decades(values) if log else _linear(values, whole)
        self._low = self._map(min([*values, *self.ticks]))
        self._span = (self._map(max([*values, *self.ticks])) - self._low) or 1.0

    def at(self, value: float) -> float:
        """Pixels from the start of the axis."""
        return (self._map(value) - self._low) / self._span * self._length

    def _map(self, value: float) -> float:
        return log10(value) if self._log else value


def _linear(values: Sequence[float], whole: bool) -> list[float]:
    """About five round numbers that enclose the values; whole numbers inside them for epochs."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 0.5, high + 0.5
    rough = (high - low) / 5
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    if whole:
        step = max(round(step), 1)
        inside = [1.0 * step * n for n in range(ceil(low / step), floor(high / step) + 1)]
        return [1.0 * low] * (not inside or inside[0] - low > step / 3) + inside
    return [round(step * n, 10) for n in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)]


def _decades(values: Sequence[float]) -> list[float]:
    low, high = floor(log10(min(values)) + 1e-9), ceil(log10(max(values)) - 1e-9)
    return [10.0**n for n in range(low, max(high, low + 1) + 1)]


def _short(value: float) -> str:
    """Three digits, and no exponent where a number can do without."""
    text = f"{value:.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
    return text.replace("-", "−")


def _axes(drawing: Drawing, across: Axis, up: Axis, x_label: str, y_label: str) -> None:
    drawing.rect(0, 0, WIDTH, HEIGHT, fill=PAPER, stroke="none")
    for tick in up.ticks:
        y = HEIGHT - up.at(tick)
        drawing.line([(0, y), (WIDTH, y)], stroke=SHADE)
    for tick in up.ticks:
        drawing.text(-8, HEIGHT - up.at(tick), _short(tick), size=12, anchor="end", fill=SOFT)
    for tick in across.ticks:
        drawing.line([(across.at(tick), HEIGHT), (across.at(tick), HEIGHT + 5)], stroke=LINE)
    for tick in across.ticks:
        drawing.text(across.at(tick), HEIGHT + 16, _short(tick), size=12, fill=SOFT)
    drawing.line([(0, 0), (0, HEIGHT), (WIDTH, HEIGHT)], stroke=INK, stroke_width=1.5)
    drawing.text(WIDTH / 2, HEIGHT + 38, x_label)
    widest = max(text_width(_short(tick), 12) for tick in up.ticks)
    drawing.text(-8 - widest, -20, y_label, anchor="start")


def _curve(drawing: Drawing, points: Sequence[tuple[float, float]], index: int) -> None:
    """A dashed line with about ten markers."""
    colour = COLOURS[index % len(COLOURS)]
    drawing.line(points, stroke=colour, stroke_width=2.2, stroke_dasharray=DASHES[index % len(DASHES)])
    for x, y in points[:: ceil(len(points) / 10)]:
        _marker(drawing, x, y, index)


def _marker(drawing: Drawing, x: float, y: float, index: int) -> None:
    style: dict[str, Any] = {"fill": COLOURS[index % len(COLOURS)], "stroke": PAPER}
    match index % 4:
        case 0:
            drawing.circle(x, y, 4, **style)
        case 1:
            drawing.rect(x - 4, y - 4, 8, 8, **style)
        case 2:
            drawing.line([(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)], closed=True, **style)
        case _:
            drawing.line([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], closed=True, **style)


def _legend(drawing: Drawing, names: Sequence[str]) -> None:
    for index, name in enumerate(names):
        y = 12 + 24.0 * index
        _curve(drawing, [(WIDTH + 18, y), (WIDTH + 54, y)], index)
        drawing.text(WIDTH + 66, y, name, anchor="start")


def _alt(series: Mapping[str, Sequence[float]], xs: Sequence[float], x_label: str, y_label: str) -> str:
    """The values, at about twenty places where there are more; what they mean is for the reader to say."""
    sentences = [f"Line chart of {y_label} against {x_label}."]
    for name, values in series.items():
        chosen = sorted({*range(0, len(values), ceil(len(values) / SPOKEN)), len(values) - 1})
        sentences.append(f"{name}: {', '.join(f'{_short(values[i])} at {_short(xs[i])}' for i in chosen)}.")
    return " ".join(sentences)
