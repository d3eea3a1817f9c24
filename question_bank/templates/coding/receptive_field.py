"""Write a function for the receptive field of a stack of layers."""

from math import prod

from question_bank import code, made, one_of, template
from question_bank.misconceptions.receptive_field import (
    ADDED_K,
    ADDED_STRIDES,
    COUNTED_SIZES,
    IGNORED_DILATION,
    IGNORED_JUMP,
    ONE_STEP_SHORT,
    OWN_STRIDE_FIRST,
    TIMES_DILATION,
)


def fields(q, layers, *, start=1, grows=lambda k, d: d * (k - 1), early=False, jumps=prod):
    """The field after each layer, or after the last alone; with a rule of the variant replaced."""
    field, strides, found = start, [1], []
    for k, s, d in layers:
        before = [*strides, s] if early else strides
        field += grows(k, d) * jumps(before)
        strides = [*strides, s]
        found.append([field, prod(strides)] if q.jump else field)
    return found if q.each else found[-1] if found else ([start, 1] if q.jump else start)


def short(q, layers):
    """Each field as it was before the layer."""
    if q.each:
        return [[1, 1] if q.jump else 1, *fields(q, layers)][: len(layers)]
    return fields(q, layers[:-1])


def stack(low, high, strides=(1, 2), dilations=(1, 1)):
    """Layers with drawn numbers."""
    return made(
        lambda q, pick: [
            [pick(1, 4) + (number == 0), pick(*strides), pick(*dilations)] for number in range(pick(low, high))
        ]
    )


def fixed(*layers):
    return made(lambda q, pick: [list(layer) for layer in layers])


@template(topics=["cnn/code", "cnn/receptive_field"], difficulty=3, minutes=20)
class ReceptiveField:
    stem = r"""Write `receptive_field(layers)`: how many input pixels, along one side, a unit sees. `layers` is a list
    of `[k, s, d]`, from the input on: kernel k, stride s, dilation d (the taps of a kernel lie d pixels apart; 1 is the
    ordinary case). Poolings are given the same way. Padding changes nothing.

    {% if each %}Return a list with an entry **after each layer**{% else %}Return the entry **after the last
    layer**{% endif %}{% if jump %}, where an entry is a pair: the field, and how many input pixels neighbouring units
    lie apart{% else %}, where an entry is the field, a whole number{% endif %}.
    {% if not each %}Without layers a unit is a pixel and sees 1{% if jump %}; neighbours lie 1 apart{% endif %}.
    {% endif %}Your function will be called on stacks that you have not seen. No library is needed."""

    each: bool = one_of(True, False)
    jump: bool = one_of(True, False)

    @code(points={"stride 1": 1, "strides": 2, "dilation": 2}, banned=["torch", "tensorflow", "keras"])
    def receptive_field(q, layers: list) -> list | int:
        """The field after {{ "each layer" if each else "the last layer" }}{{ ", as [field, jump]" if jump }}.

        layers: [k, s, d] each, from the input on.
        """
        return fields(q, layers)

    receptive_field.visible("two layers of 3", "stride 1", layers=fixed((3, 1, 1), (3, 1, 1)))
    receptive_field.visible("a stride between", "strides", layers=fixed((5, 1, 1), (2, 2, 1), (3, 1, 1)))
    receptive_field.hidden("one layer", "stride 1", layers=stack(1, 1, strides=(1, 1)))
    receptive_field.hidden("layers of stride 1", "stride 1", layers=stack(3, 6, strides=(1, 1)))
    receptive_field.hidden("kernels of 1", "stride 1", layers=fixed((1, 1, 1), (4, 1, 1), (1, 1, 1)))
    receptive_field.hidden("a stride at the end", "strides", layers=fixed((3, 1, 1), (3, 2, 1)))
    receptive_field.hidden("strides", "strides", layers=stack(4, 6, strides=(1, 3)))
    receptive_field.hidden(
        "strides of 2", "strides", layers=fixed((7, 2, 1), (3, 2, 1), (3, 1, 1), (3, 2, 1), (3, 1, 1))
    )
    receptive_field.hidden("deep", "strides", layers=stack(10, 14))
    receptive_field.hidden("dilated", "dilation", layers=fixed((3, 1, 1), (3, 1, 2), (3, 1, 4)))
    receptive_field.hidden("dilated and strided", "dilation", layers=stack(4, 7, dilations=(1, 4)))
    receptive_field.hidden(
        "dilated after a stride", "dilation", layers=fixed((2, 2, 1), (5, 1, 3), (3, 3, 1), (2, 1, 2))
    )
    receptive_field.hidden("no layers", "stride 1", layers=fixed())

    receptive_field.mistake(ADDED_K, lambda q, layers: fields(q, layers, grows=lambda k, d: d * (k - 1) + 1))
    receptive_field.mistake(COUNTED_SIZES, lambda q, layers: fields(q, layers, start=0))
    receptive_field.mistake(IGNORED_JUMP, lambda q, layers: fields(q, layers, jumps=lambda strides: 1))
    receptive_field.mistake(OWN_STRIDE_FIRST, lambda q, layers: fields(q, layers, early=True))
    receptive_field.mistake(ADDED_STRIDES, lambda q, layers: fields(q, layers, jumps=sum))
    receptive_field.mistake(IGNORED_DILATION, lambda q, layers: fields(q, layers, grows=lambda k, d: k - 1))
    receptive_field.mistake(TIMES_DILATION, lambda q, layers: fields(q, layers, grows=lambda k, d: d * k - 1))
    receptive_field.mistake(ONE_STEP_SHORT, short)

    solution = """
    def receptive_field(layers):
        field, jump = 1, 1
        {% if each %}found = []
        {% endif %}for k, s, d in layers:
            field += d * (k - 1) * jump  # taps lie d units apart, units lie jump pixels apart
            jump *= s
            {% if each %}found.append({% if jump %}[field, jump]{% else %}field{% endif %})
        return found{% else %}
        return {% if jump %}[field, jump]{% else %}field{% endif %}{% endif %}
    """
