"""Write a function that follows shapes through the layers of a network."""

from math import ceil, prod

from question_bank import code, made, one_of, template
from question_bank.misconceptions.shapes import (
    FORGOT_CHANNELS,
    FORGOT_PLUS_ONE,
    IGNORED_PADDING,
    IGNORED_STRIDE,
    KEPT_INPUT_CHANNELS,
    ONE_SIDED_PADDING,
    OTHER_LAYOUT,
    POOLED_SIDE_BY_SIDE,
    ROUNDED_DOWN,
    ROUNDED_UP,
)


def windows(n, k, s, p, up=False):
    """How many windows there are along a side; with `up`, also one that does not fit but begins inside."""
    if not up:
        return (n + 2 * p - k) // s + 1
    return ceil((n + 2 * p - k) / s) + 1


def followed(q, layers, shape, *, side=windows, keep_channels=False, flat=prod, up=None, layout=None):
    """What the variant asks for, or the same with a rule replaced."""
    channels_first = (layout or q.layout) == "CHW"
    c, h, w = shape if channels_first else (shape[2], shape[0], shape[1])
    size, up = None, q.up if up is None else up
    for kind, *numbers in layers:
        match kind:
            case "conv":
                filters, k, s, p = numbers
                c, h, w = c if keep_channels else filters, side(h, k, s, p), side(w, k, s, p)
            case "pool":
                k, s = numbers
                h, w = (side(n, k, s, 0, up) if up else side(n, k, s, 0) for n in (h, w))
            case "flatten":
                size = flat((c, h, w))
            case "linear":
                [size] = numbers
    if size is not None:
        return [size]
    return [c, h, w] if channels_first else [h, w, c]


def shifted(by):
    return lambda n, k, s, p, up=False: windows(n, k, s, p, up) + by


def own_stride(n, k, s, p, up=False):
    """Pooling windows that lie side by side; convolutions as they should be."""
    return windows(n, k, k if p == 0 else s, p, up)


def side_by_side(q, layers, shape):
    return followed(q, [[kind, n[0], n[0]] if kind == "pool" else [kind, *n] for kind, *n in layers], shape)


def conv_up(n, k, s, p, up=False):
    return windows(n, k, s, p, up=True)


def network(*kinds):
    """Layers of these kinds, with drawn numbers."""

    def layers(q, pick):
        found = []
        for kind in kinds:
            match kind:
                case "conv":
                    k = pick(1, 3) * 2 - 1
                    found.append([kind, pick(3, 24), k, pick(1, 3), pick(0, k // 2)])
                case "same":
                    k = pick(1, 3) * 2 - 1
                    found.append(["conv", pick(3, 24), k, 1, k // 2])
                case "pool":
                    found.append([kind, pick(2, 3), pick(1, 2)])
                case "linear":
                    found.append([kind, pick(2, 40)])
                case _:
                    found.append([kind])
        return found

    return made(layers)


def sides(low, high):
    """The shape of an input that is not square."""

    def shape(q, pick):
        c, h = pick(1, 6), pick(low, high)
        w = h + pick(1, 9)
        return (c, h, w) if q.layout == "CHW" else (h, w, c)

    return made(shape)


def fixed(layers, c, h, w):
    """A case with these numbers."""
    return {
        "layers": made(lambda q, pick: layers),
        "shape": made(lambda q, _: (c, h, w) if q.layout == "CHW" else (h, w, c)),
    }


@template(topics=["cnn/code", "cnn/shapes"], difficulty=3, minutes=25)
class OutputShape:
    stem = r"""Write `output_shape(layers, shape)`: the shape of what a network gives for **one** image of that shape.
    Shapes are {% if layout == "CHW" %}(channels, rows, columns){% else %}(rows, columns, channels){% endif %} for maps
    and (length,) for vectors. `layers` is a list of lists, each beginning with the layer's kind:

    | layer | numbers |
    |---|---|
    | `["conv", filters, k, s, p]` | kernel k × k, stride s, p zeros on each side; windows that do not fit are dropped |
    | `["relu"]` | changes no shape |
    | `["pool", k, s]` | windows k × k, stride s, no padding; their number is rounded **{{ "up" if up else "down" }}** |
    | `["flatten"]` | turns the maps into a vector |
    | `["linear", outputs]` | after a flatten only |

    Return a tuple or a list of whole numbers. Your function will be called on networks that you have not seen: deeper
    ones, images that are not square, no layers at all. No library is needed."""

    layout: str = one_of("CHW", "HWC")
    up: bool = one_of(False, True)

    @code(points={"single layers": 2, "networks": 2, "vectors": 1}, banned=["torch", "tensorflow", "keras"])
    def output_shape(q, layers: list, shape: tuple) -> tuple:
        """The shape of the output for one image of this shape.

        {% if layout == "CHW" %}(C, H, W){% else %}(H, W, C){% endif %} for maps, (length,) for vectors.
        """
        return followed(q, layers, shape)

    output_shape.visible("one convolution", "single layers", **fixed([["conv", 8, 3, 2, 1]], 3, 11, 14))
    output_shape.visible(
        "a small network",
        "vectors",
        **fixed([["conv", 6, 5, 1, 0], ["relu"], ["pool", 2, 2], ["flatten"], ["linear", 10]], 1, 12, 16),
    )
    output_shape.hidden("a convolution", "single layers", layers=network("conv"), shape=sides(12, 40))
    output_shape.hidden("a strided convolution", "single layers", **fixed([["conv", 5, 3, 2, 1]], 4, 10, 16))
    output_shape.hidden("a convolution with a remainder", "single layers", **fixed([["conv", 7, 5, 3, 0]], 2, 18, 25))
    output_shape.hidden("a pooling with a remainder", "single layers", **fixed([["pool", 3, 2]], 5, 12, 9))
    output_shape.hidden("a pooling that overlaps", "single layers", **fixed([["pool", 3, 1]], 2, 8, 13))
    output_shape.hidden("no layers", "single layers", **fixed([], 3, 7, 5))
    output_shape.hidden(
        "three convolutions", "networks", layers=network("conv", "relu", "conv", "relu", "conv"), shape=sides(90, 160)
    )
    output_shape.hidden(
        "convolutions and poolings",
        "networks",
        layers=network("same", "relu", "pool", "same", "pool", "conv"),
        shape=sides(70, 120),
    )
    output_shape.hidden(
        "deep",
        "networks",
        layers=network("same", "relu", "same", "relu", "pool", "same", "pool", "same", "same", "pool"),
        shape=sides(60, 99),
    )
    output_shape.hidden("flattened", "vectors", layers=network("conv", "pool", "flatten"), shape=sides(20, 40))
    output_shape.hidden(
        "a classifier",
        "vectors",
        layers=network("conv", "relu", "pool", "flatten", "linear", "relu", "linear"),
        shape=sides(24, 48),
    )

    output_shape.mistake(FORGOT_PLUS_ONE, lambda q, *given: followed(q, *given, side=shifted(-1)))
    output_shape.mistake(
        IGNORED_STRIDE, lambda q, *given: followed(q, *given, side=lambda n, k, s, p, up=False: windows(n, k, 1, p, up))
    )
    output_shape.mistake(
        IGNORED_PADDING,
        lambda q, *given: followed(q, *given, side=lambda n, k, s, p, up=False: windows(n, k, s, 0, up)),
    )
    output_shape.mistake(
        ONE_SIDED_PADDING,
        lambda q, *given: followed(q, *given, side=lambda n, k, s, p, up=False: windows(n + p, k, s, 0, up)),
    )
    output_shape.mistake(ROUNDED_UP, lambda q, *given: followed(q, *given, side=conv_up))
    output_shape.mistake(ROUNDED_UP, lambda q, *given: followed(q, *given, up=True), when=lambda q: not q.up)
    output_shape.mistake(ROUNDED_DOWN, lambda q, *given: followed(q, *given, up=False), when=lambda q: q.up)
    output_shape.mistake(FORGOT_CHANNELS, lambda q, *given: followed(q, *given, flat=lambda chw: chw[1] * chw[2]))
    output_shape.mistake(KEPT_INPUT_CHANNELS, lambda q, *given: followed(q, *given, keep_channels=True))
    output_shape.mistake(
        OTHER_LAYOUT, lambda q, *given: followed(q, *given, layout="HWC" if q.layout == "CHW" else "CHW")
    )
    output_shape.mistake(POOLED_SIDE_BY_SIDE, side_by_side)

    solution = """
    def output_shape(layers, shape):
        {% if layout == "CHW" %}c, h, w = shape{% else %}h, w, c = shape{% endif %}
        length = None
        for kind, *numbers in layers:
            if kind == "conv":
                c, k, s, p = numbers
                h, w = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
            elif kind == "pool":
                k, s = numbers
                {% if up %}h, w = -(-(h - k) // s) + 1, -(-(w - k) // s) + 1  # minus twice: rounded up
                {% else %}h, w = (h - k) // s + 1, (w - k) // s + 1
                {% endif %}
            elif kind == "flatten":
                length = c * h * w
            elif kind == "linear":
                length = numbers[0]
        if length is not None:
            return (length,)
        return {% if layout == "CHW" %}(c, h, w){% else %}(h, w, c){% endif %}
    """
