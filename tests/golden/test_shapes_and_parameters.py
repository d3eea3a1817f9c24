"""Sizes and counts that stand in papers and lectures: the bank has to give exactly these."""

from fractions import Fraction

import pytest

from question_bank.catalog import Catalog

CATALOG = Catalog()


def keys(path, *names, **parameters):
    variant = CATALOG.get(path)(**parameters)
    return [variant.key(name) for name in names]


def may_be_dealt(path, **parameters):
    return CATALOG.get(path).draw("any", fixed=parameters).parameters.items() >= parameters.items()


def test_lenet_flattens_to_400_features():
    lenet = {"height": 32, "width": 32, "c": 1, "f1": 6, "f2": 16, "k": 5, "p": 0, "hidden": 120}
    assert keys("shapes/flatten_features", "volume", "features", "dense", **lenet) == [(5, 5, 16), 400, 48_120]
    assert may_be_dealt("shapes/flatten_features", **lenet)


def test_lenets_fully_connected_layers():
    lenet = {"features": 400, "hidden1": 120, "hidden2": 84, "classes": 10}
    found = keys("parameters/dense_layers", "first", "second", "third", "total", **lenet)
    assert found == [48_120, 10_164, 850, 59_134]
    assert may_be_dealt("parameters/dense_layers", **lenet)


def test_lenets_table_of_connections():
    table = {"maps": 6, "three": 6, "four": 9, "k": 5}
    found = keys("parameters/sparse_connections", "subsampling", "kernels", "sparse", "dense", **table)
    assert found == [12, 60, 1516, 2416]
    assert may_be_dealt("parameters/sparse_connections", **table)


def test_lenet_has_60_000_trainable_parameters():
    lenet = {"f1": 6, "f3": 16, "seen": 3, "extra": 12, "f5": 120, "f6": 84}
    found = keys("parameters/lenet_original", "subsampling", "c3", "c5", "total", **lenet)
    assert found == [12 + 32, 1516, 48_120, 60_000]
    assert may_be_dealt("parameters/lenet_original", **lenet)


def test_alexnets_224_and_227():
    alexnet = {"printed": 55, "k": 11, "s": 4, "short": 3}
    variant = CATALOG.get("shapes/printed_size")(**alexnet)
    assert (variant.n, variant.quotient, variant.actual, variant.side, variant.padding) == (224, 54.25, 54, 227, 2)
    assert "The paper is AlexNet's" in variant.stem
    assert may_be_dealt("shapes/printed_size", **alexnet)


def test_alexnets_second_layer_in_two_groups():
    layer = {"channels": 96, "filters": 256, "k": 5, "groups": 2}
    assert keys("parameters/grouped_conv", "one_filter", "grouped", **layer) == [1200, 307_456]
    assert may_be_dealt("parameters/grouped_conv", **layer)


def test_pooling_112_pixels_down_and_up():
    pool = {"height": 112, "width": 57, "channels": 64, "k": 3, "s": 2, "p": 0}
    assert keys("shapes/pool_rounding", "floor", "ceiling", **pool) == [(55, 28, 64), (56, 28, 64)]
    assert may_be_dealt("shapes/pool_rounding", **pool)


def test_separable_against_plain():
    layer = {"c": 128, "f": 256, "k": 3}
    found = keys("parameters/separable_conv", "depthwise", "pointwise", "plain", "ratio", **layer)
    assert found == [1152, 32_768, 294_912, Fraction(33_920, 294_912)]
    assert found[-1] == Fraction(1, 256) + Fraction(1, 9)
    assert may_be_dealt("parameters/separable_conv", **layer)


def test_three_small_kernels_against_7_by_7():
    stack = {"layers": 3, "k": 3, "biases": False, "symbol": "C", "channels": 64}
    found = keys("parameters/stacked_expression", "field", "stack", "single", **stack)
    assert found == [7, "27*C**2", "49*C**2"]
    assert may_be_dealt("parameters/stacked_expression", **stack)


@pytest.mark.parametrize(
    "net, millions, share",
    [("A", 132.863336, 93.1), ("B", 133.047848, 92.9), ("D", 138.357544, 89.4), ("E", 143.667240, 86.1)],
)
def test_vgg(net, millions, share):
    vgg = {"net": net, "side": 224, "hidden": 4096, "classes": 1000}
    first, largest, total, percent = keys("parameters/largest_layer", "first", "largest", "total", "share", **vgg)
    assert (first, largest) == (102_764_544, "the first fully connected layer")
    assert total == pytest.approx(millions, abs=1e-9)
    assert percent == pytest.approx(share, abs=0.05)
    assert may_be_dealt("parameters/largest_layer", **vgg)


def test_global_average_pooling_in_place_of_vggs_flattening():
    maps = {"height": 7, "width": 7, "channels": 512, "classes": 1000}
    found = keys("parameters/global_average_pooling", "flattened", "averaged", **maps)
    assert found == [25_088 * 1000 + 1000, 512 * 1000 + 1000]


@pytest.mark.parametrize(
    "cards, parameters, largest", [(1, 62_378_344, "convolution 4"), (2, 60_965_224, "convolution 3")]
)
def test_alexnet_on_one_card_and_on_two(cards, parameters, largest):
    alexnet = {"cards": cards, "image": 227, "hidden": 4096, "classes": 1000}
    found = keys("parameters/alexnet_layers", "largest", "total", **alexnet)
    assert found == [largest, pytest.approx(parameters / 10**6, abs=1e-9)]
    assert may_be_dealt("parameters/alexnet_layers", **alexnet)
