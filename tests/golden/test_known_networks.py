"""Numbers of LeNet, AlexNet, VGG and their kin, as papers and courses have them: the bank has to give exactly these."""

import pytest
import torch

from question_bank.catalog import Catalog

CATALOG = Catalog()


def keys(path, *names, **parameters):
    variant = CATALOG.get(path)(**parameters)
    return [variant.key(name) for name in names]


def test_199_pixels_shrink_to_one_in_99_steps():
    dealt = CATALOG.get("receptive_field/shrinking_table").draw("any", fixed={"n": 199, "k": 3})
    assert [dealt.a, dealt.b, dealt.e, dealt.f] == [195, 5, 99, 199]


@pytest.mark.parametrize(
    "counts, field",
    [((1, 1, 2, 2, 2), 150), ((2, 2, 2, 2, 2), 156), ((2, 2, 3, 3, 3), 212), ((2, 2, 4, 4, 4), 268)],
    ids="ABDE",
)
def test_receptive_fields_of_vgg(counts, field):
    blocks = dict(zip(("c1", "c2", "c3", "c4", "c5"), counts, strict=True))
    assert keys("receptive_field/vgg_blocks", "field5", **blocks) == [field]


def test_lenet():
    found = keys("architectures/lenet", "pool2", "flat", "total", n=32, c=1, f1=6, f2=16, classes=10)
    assert found == [(5, 5, 16), 400, 61_706]


def test_alexnet_on_two_gpus_and_on_one():
    layers = {"f1": 96, "f2": 256, "f3": 384, "f5": 256, "classes": 1000}
    both, more = keys("architectures/alexnet_banks", "both", "more", **layers)
    assert (both, both + more) == (60_965_224, 62_378_344)


def test_alexnet_layer_by_layer():
    alexnet = {"n": 227, "widths": (96, 256, 384, 384, 256), "classes": 1000, "layer": 2}
    names = ("conv1", "pool1", "pool2", "pool5", "flat", "total")
    assert keys("architectures/alexnet_table", *names, **alexnet) == [
        (55, 55, 96),
        (27, 27, 96),
        (13, 13, 256),
        (6, 6, 256),
        9216,
        62_378_344,
    ]


@pytest.mark.parametrize(
    "config, layers, total, millions",
    [
        ("A", 11, 132_863_336, 133),
        ("A-LRN", 11, 132_863_336, 133),
        ("B", 13, 133_047_848, 133),
        ("C", 16, 133_638_952, 134),
        ("D", 16, 138_357_544, 138),
        ("E", 19, 143_667_240, 144),
    ],
)
def test_vgg_as_in_the_paper(config, layers, total, millions):
    dealt = {"config": config, "side": 224, "classes": 1000}
    assert keys("architectures/vgg_parameters", "total", "millions", **dealt) == [total, millions]
    statements = {"config": config, "picked": (0, 1, 2, 3, 4)}
    assert keys("architectures/vgg_configurations", "layers", **statements) == [layers]


@pytest.mark.parametrize("config, gmacs", [("A", 7.61), ("B", 11.31), ("D", 15.47), ("E", 19.63)])
def test_work_of_vgg(config, gmacs):
    dealt = {"config": config, "side": 224, "classes": 1000, "block": 2}
    assert [round(key, 2) for key in keys("compute/vgg_total", "total", **dealt)] == [gmacs]


def test_activations_of_vgg_d():
    dealt = {"config": "D", "side": 224, "classes": 1000, "batch": 8}
    total, memory = keys("compute/vgg_activations", "total", "memory", **dealt)
    assert (total, round(memory / 8, 1)) == (15_237_608, 58.1)


def test_windows_of_a_56_pixel_map():
    dealt = {"height": 56, "width": 56, "channels": 64, "filters": 32, "k": 3, "s": 1, "p": 1}
    assert keys("compute/im2col", "windows", **dealt) == [(576, 3136)]


def test_separable_convolution_of_512_channels():
    dealt = {"n": 14, "channels": 512, "filters": 512, "k": 3}
    ordinary, depthwise, pointwise = keys("compute/separable", "ordinary", "depthwise", "pointwise", **dealt)
    assert (round(ordinary / 1e6, 1), round((depthwise + pointwise) / 1e6, 1)) == (462.4, 52.3)


def test_blocks_of_resnet_inception_and_mobilenet():
    residual = {"c": 64, "expansion": 4, "height": 20, "width": 14}
    assert keys("architectures/resnet_block", "basic", "bottleneck", **residual) == [73_728, 69_632]
    inception_3a = {"c": 192, "f1": 64, "r3": 96, "f3": 128, "r5": 16, "f5": 32, "fp": 32}
    assert keys("architectures/inception_block", "channels", "total", **inception_3a) == [256, 163_696]
    assert keys("architectures/mobilenet_block", "full", c=128, f=256, quarters=2, smaller=160) == [33_920]


@pytest.mark.parametrize(
    "config, total",
    [
        ("A", 132_863_336),
        ("A-LRN", 132_863_336),
        ("B", 133_047_848),
        ("C", 133_638_952),
        ("D", 138_357_544),
        ("E", 143_667_240),
    ],
)
def test_what_vgg_is_proven_against_is_the_paper_s(config, total):
    [build] = keys("coding/build_vgg", "paper_vgg", config=config)
    with torch.device("meta"):
        network = build(width=64, channels=3, side=224, classes=1000)
        assert network(torch.empty(2, 3, 224, 224)).shape == (2, 1000)
    assert sum(map(torch.numel, network.parameters())) == total
    assert list(network.buffers()) == []


@pytest.mark.parametrize(
    "variant, side, total",
    [
        ({"banks": 1, "normalised": False, "padding": 2, "grid": 6}, 224, 61_100_840),  # as torchvision has it
        ({"banks": 2, "normalised": True, "padding": 0, "grid": 0}, 227, 60_965_224),  # as published
    ],
)
def test_what_alexnet_is_proven_against_is_the_paper_s(variant, side, total):
    [build] = keys("coding/build_alexnet", "alexnet", **variant)
    with torch.device("meta"):
        network = build(divisor=1, channels=3, side=side, classes=1000)
        assert network(torch.empty(2, 3, side, side)).shape == (2, 1000)
    assert sum(map(torch.numel, network.parameters())) == total


@pytest.mark.parametrize("n, total", [(3, 269_722), (5, 464_154), (9, 853_018), (18, 1_727_962)], ids=[20, 32, 56, 110])
def test_what_resnet_is_proven_against_is_the_paper_s_for_small_images(n, total):
    [build] = keys("coding/build_resnet", "resnet", expansion=1, shortcut="padding", strided=0)
    with torch.device("meta"):
        network = build(n=n, width=16, channels=3, classes=10)
    assert sum(map(torch.numel, network.parameters())) == total
