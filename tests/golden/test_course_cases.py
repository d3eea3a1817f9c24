"""Results known from lectures and exercises, worked by hand: the bank has to give exactly these."""

import pytest

from question_bank.catalog import Catalog

CATALOG = Catalog()


def keys(path, *names, **parameters):
    variant = CATALOG.get(path)(**parameters)
    return [variant.key(name) for name in names]


def rows(*lines):
    return tuple(tuple(map(int, line.split())) for line in lines)


SIX_OPERATIONS = {
    "n": 10, "c": 10,
    "f1": 40, "k1": 3, "s1": 1, "p1": 1,
    "k3": 3, "s3": 1, "p3": 1,
    "f4": 20, "k4": 3, "p4": 1,
    "k6": 2, "p6": 1,
}  # fmt: skip
BY_HAND = {
    "image": rows("1 1 1 0 0", "0 1 1 1 0", "0 0 1 1 1", "0 0 1 1 0", "0 1 1 0 0"),
    "kernel": rows("1 0 1", "0 1 0", "1 0 1"),
}
GREY = rows("60 113 56 139 85", "73 121 54 84 128", "131 99 70 129 127", "80 57 115 69 134", "104 126 123 95 130")
SHARPEN = rows("0 -1 0", "-1 5 -1", "0 -1 0")


def test_shapes_after_six_operations():
    names = [f"after{i}" for i in range(1, 7)]
    assert keys("shapes/layer_chain", *names, **SIX_OPERATIONS) == [
        (10, 10, 40),
        (10, 10, 40),
        (10, 10, 40),
        (10, 10, 20),
        (10, 10, 20),
        (6, 6, 20),
    ]


def test_parameters_of_the_six_operations():
    assert keys("shapes/layer_chain", "params", **SIX_OPERATIONS) == [10860]


def test_the_six_operations_may_be_dealt():
    template = CATALOG.get("shapes/layer_chain")
    assert template.draw("any", fixed=SIX_OPERATIONS).parameters == SIX_OPERATIONS


@pytest.mark.parametrize(
    "n, channels, expected",
    [(10, (10, 40, 20, 10), [3640, 7220, 1810]), (28, (1, 32, 64, 128), [320, 18496, 73856])],
)
def test_parameters_of_three_convolutions(n, channels, expected):
    given = dict(zip(("c", "f1", "f2", "f3"), channels, strict=True), n=n, k1=3, k2=3, k3=3)
    assert keys("parameters/conv_chain", "layer1", "layer2", "layer3", "total", **given) == [*expected, sum(expected)]
    assert CATALOG.get("parameters/conv_chain").draw("any", fixed=given).parameters == given


def test_the_first_two_of_three_convolutions_together():
    given = {"n": 10, "c": 10, "f1": 40, "f2": 20, "f3": 10, "k1": 3, "k2": 3, "k3": 3}
    assert sum(keys("parameters/conv_chain", "layer1", "layer2", **given)) == 10860


def test_two_small_kernels_against_a_large_one():
    given = {"layers": 2, "channels": 1}
    assert keys("parameters/stacked_kernels", "field", "stack", "single", **given) == [5, 18, 25]
    assert keys("parameters/stacked_kernels", "saved", **given) == [pytest.approx(28)]


def test_convolutions_from_199_pixels_to_one():
    variant = CATALOG.get("receptive_field/steps_to_reach")(n=199, m=1, k=3)
    assert (variant.steps, variant.field) == (99, 199)
    wrong = {misconception.name: key for misconception, key in variant.template.parts["steps"].mistakes_in(variant)}
    assert wrong["counted the sizes, not the steps"] == 100


EXPANSIONS = {
    (1, 1): "x11 w11 + x12 w12 + x13 w13 + x21 w21 + x22 w22 + x23 w23 + x31 w31 + x32 w32 + x33 w33",
    (1, 2): "x12 w11 + x13 w12 + x14 w13 + x22 w21 + x23 w22 + x24 w23 + x32 w31 + x33 w32 + x34 w33",
    (1, 3): "x13 w11 + x14 w12 + x15 w13 + x23 w21 + x24 w22 + x25 w23 + x33 w31 + x34 w32 + x35 w33",
    (2, 1): "x21 w11 + x22 w12 + x23 w13 + x31 w21 + x32 w22 + x33 w23 + x41 w31 + x42 w32 + x43 w33",
    (2, 2): "x22 w11 + x23 w12 + x24 w13 + x32 w21 + x33 w22 + x34 w23 + x42 w31 + x43 w32 + x44 w33",
    (2, 3): "x23 w11 + x24 w12 + x25 w13 + x33 w21 + x34 w22 + x35 w23 + x43 w31 + x44 w32 + x45 w33",
    (3, 1): "x31 w11 + x32 w12 + x33 w13 + x41 w21 + x42 w22 + x43 w23 + x51 w31 + x52 w32 + x53 w33",
    (3, 2): "x32 w11 + x33 w12 + x34 w13 + x42 w21 + x43 w22 + x44 w23 + x52 w31 + x53 w32 + x54 w33",
    (3, 3): "x33 w11 + x34 w12 + x35 w13 + x43 w21 + x44 w22 + x45 w23 + x53 w31 + x54 w32 + x55 w33",
}


@pytest.mark.parametrize("place", EXPANSIONS)
def test_expansion_of_every_output(place):
    terms = [term.split() for term in EXPANSIONS[place].split(" + ")]
    expected = " + ".join(f"x[{x[1]},{x[2]}]*w[{w[1]},{w[2]}]" for x, w in terms)
    i, j = place
    variant = CATALOG.get("convolution/yij_expansion")(n=5, k=3, s=1, base=1, i=i, j=j)
    assert variant.y_ij == expected
    assert variant.tellable()


def test_cross_correlation_by_hand():
    assert keys("convolution/by_hand", "first", "output", **BY_HAND) == [4, ((4, 3, 4), (2, 4, 3), (2, 3, 4))]


def test_a_symmetric_kernel_hides_the_flip():
    variant = CATALOG.get("convolution/by_hand")(**BY_HAND)
    assert variant.tellable()
    assert not variant.template.valid(variant)


def test_first_output_of_a_sharpened_image():
    given = {"image": GREY, "kernel": SHARPEN, "column": 2}
    assert keys("convolution/zero_padding", "size", "first", **given) == [(5, 5), 114]
    assert CATALOG.get("convolution/zero_padding").draw("any", fixed=given).parameters == given
