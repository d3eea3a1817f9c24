"""Write a function that counts the parameters of a network, layer by layer."""

from question_bank import code, made, one_of, template
from question_bank.misconceptions.parameters import (
    BIAS_AGAINST_THE_FLAG,
    BIAS_PER_PLANE,
    COUNTED_POSITIONS,
    COUNTED_RUNNING_STATISTICS,
    FORGOT_BIAS,
    FORGOT_DENSE_BIAS,
    FORGOT_INPUT_CHANNELS,
    USED_FIRST_INPUT,
)


def conv(c, filters, kh, kw, bias, places):
    return filters * (kh * kw * c + bias)


def counted(q, layers, shape, *, conv=conv, dense=lambda n, m: (n + 1) * m, norm=2, first=False, flag=None):
    """What the variant asks for, or the same with a rule replaced: the number for each layer, or in all."""
    c, h, w = shape
    start, length, found = c, 0, []
    for kind, *numbers in layers:
        number = 0
        match kind:
            case "conv":
                filters, (kh, kw), s, p, bias = numbers
                h, w = (h + 2 * p - kh) // s + 1, (w + 2 * p - kw) // s + 1
                number = conv(start if first else c, filters, kh, kw, bias if flag is None else flag, h * w)
                c = filters
            case "pool":
                [k] = numbers
                h, w = h // k, w // k
            case "norm":
                number = norm * c
            case "flatten":
                length = c * h * w
            case "linear":
                [outputs] = numbers
                number, length = dense(length, outputs), outputs
        found.append(number)
    return found if q.each else sum(found)


def network(*kinds):
    """Layers of these kinds, with drawn numbers."""

    def layers(q, pick):
        found = []
        for kind in kinds:
            match kind:
                case "conv":
                    kh, kw = pick(1, 2) * 2 - 1, pick(1, 3)
                    found.append([kind, pick(4, 20), [kh, kw], pick(1, 2), pick(0, 1), pick(0, 1)])
                case "pool":
                    found.append([kind, 2])
                case "linear":
                    found.append([kind, pick(5, 60)])
                case _:
                    found.append([kind])
        return found

    return made(layers)


def images(low=30, high=60):
    return made(lambda q, pick: (pick(1, 4), pick(low, high), pick(low, high)))


def fixed(layers, *shape):
    return {"layers": made(lambda q, pick: layers), "shape": made(lambda q, pick: shape)}


CONV, NO_BIAS = ["conv", 12, [3, 5], 1, 1, 1], ["conv", 9, [3, 3], 2, 1, 0]


@template(topics=["cnn/code", "cnn/parameters"], difficulty=3, minutes=25)
class CountParameters:
    stem = r"""Write `count_parameters(layers, shape)`: how many numbers a network learns. `shape` is that of one input
    image, (channels, rows, columns). `layers` is a list of lists, each beginning with the layer's kind:

    | layer | numbers |
    |---|---|
    | `["conv", filters, [kh, kw], s, p, bias]` | kernels kh × kw, stride s, p zeros on each side; bias is 1 or 0 |
    | `["norm"]` | batch normalisation: it learns a scale and a shift for each channel |
    | `["relu"]` | |
    | `["pool", k]` | windows of k × k side by side; those that do not fit are dropped |
    | `["flatten"]` | turns the maps into a vector |
    | `["linear", outputs]` | fully connected, with a bias for each output; after a flatten |

    {% if each %}Return a list with a number for **each** layer, 0 for those that learn nothing.{% else %}Return the
    number for the whole network.{% endif %} Your function will be called on networks that you have not seen. No library
    is needed."""

    each: bool = one_of(True, False)

    @code(
        points={"convolutions": 2, "fully connected layers": 2, "networks": 1}, banned=["torch", "tensorflow", "keras"]
    )
    def count_parameters(q, layers: list, shape: tuple) -> list | int:
        """How many numbers {% if each %}each of these layers learns{% else %}these layers learn{% endif %}.

        shape: that of one input image, (C, H, W).
        """
        return counted(q, layers, shape)

    count_parameters.visible("a convolution", "convolutions", **fixed([CONV], 3, 8, 9))
    count_parameters.visible(
        "a small network",
        "fully connected layers",
        **fixed([NO_BIAS, ["norm"], ["relu"], ["pool", 2], ["flatten"], ["linear", 10]], 1, 12, 16),
    )
    count_parameters.hidden("a convolution without bias", "convolutions", **fixed([NO_BIAS], 4, 9, 9))
    count_parameters.hidden("a tall kernel", "convolutions", **fixed([["conv", 7, [5, 1], 1, 0, 1]], 6, 11, 8))
    count_parameters.hidden("two convolutions", "convolutions", layers=network("conv", "relu", "conv"), shape=images())
    count_parameters.hidden(
        "normalised", "convolutions", layers=network("conv", "norm", "conv", "norm"), shape=images()
    )
    count_parameters.hidden("pixels", "fully connected layers", layers=network("flatten", "linear"), shape=images(5, 9))
    count_parameters.hidden(
        "two fully connected",
        "fully connected layers",
        layers=network("flatten", "linear", "relu", "linear"),
        shape=images(5, 9),
    )
    count_parameters.hidden(
        "after a strided convolution",
        "fully connected layers",
        layers=made(lambda q, pick: [["conv", pick(5, 9), [3, 3], 2, 1, 1], ["flatten"], ["linear", pick(8, 20)]]),
        shape=images(10, 20),
    )
    count_parameters.hidden(
        "a classifier",
        "networks",
        layers=network("conv", "norm", "relu", "pool", "conv", "relu", "pool", "flatten", "linear", "relu", "linear"),
        shape=images(),
    )
    count_parameters.hidden(
        "a deeper one",
        "networks",
        layers=network("conv", "conv", "pool", "conv", "norm", "conv", "pool", "conv", "flatten", "linear", "linear"),
        shape=images(70, 99),
    )
    count_parameters.hidden("nothing to learn", "networks", layers=network("relu", "pool", "flatten"), shape=images())

    count_parameters.mistake(FORGOT_BIAS, lambda q, *given: counted(q, *given, flag=0, dense=lambda n, m: n * m))
    count_parameters.mistake(FORGOT_DENSE_BIAS, lambda q, *given: counted(q, *given, dense=lambda n, m: n * m))
    count_parameters.mistake(BIAS_AGAINST_THE_FLAG, lambda q, *given: counted(q, *given, flag=1))
    count_parameters.mistake(
        BIAS_PER_PLANE, lambda q, *given: counted(q, *given, conv=lambda c, f, kh, kw, b, _: f * c * (kh * kw + b))
    )
    count_parameters.mistake(
        FORGOT_INPUT_CHANNELS, lambda q, *given: counted(q, *given, conv=lambda c, f, kh, kw, b, _: f * (kh * kw + b))
    )
    count_parameters.mistake(
        COUNTED_POSITIONS,
        lambda q, *given: counted(q, *given, conv=lambda c, f, kh, kw, b, places: places * f * (kh * kw * c + b)),
    )
    count_parameters.mistake(COUNTED_RUNNING_STATISTICS, lambda q, *given: counted(q, *given, norm=4))
    count_parameters.mistake(USED_FIRST_INPUT, lambda q, *given: counted(q, *given, first=True))

    solution = """
    def count_parameters(layers, shape):
        c, h, w = shape
        length, counts = 0, []
        for kind, *numbers in layers:
            count = 0
            if kind == "conv":
                filters, (kh, kw), s, p, bias = numbers
                count = filters * (kh * kw * c + bias)
                c, h, w = filters, (h + 2 * p - kh) // s + 1, (w + 2 * p - kw) // s + 1
            elif kind == "norm":
                count = 2 * c
            elif kind == "pool":
                h, w = h // numbers[0], w // numbers[0]
            elif kind == "flatten":
                length = c * h * w
            elif kind == "linear":
                count = (length + 1) * numbers[0]
                length = numbers[0]
            counts.append(count)
        return {% if each %}counts{% else %}sum(counts){% endif %}
    """
