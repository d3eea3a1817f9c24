"""Figures: sound SVG, the same each time, with everything inside and a text that says what they show."""

import base64
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from question_bank.figures import Figure, cone, curves, grid, grids, stacks, strip
from question_bank.figures.drawing import COLOURS, WIDEST
from question_bank.figures.sound import MAX_BYTES, SVG, faults
from question_bank.maths.receptive_field import receptive_field

IMAGE = ((3, 141, 59), (26, 5, 35), (89, 79, 32))
KERNEL = ((0, -1), (2.5, 1))
LOSS = [2.5 / epoch for epoch in range(1, 31)]
VGG = [("conv 3×3, 64", "conv", (224, 224, 64)), ("max pool 2×2", "pool", (112, 112, 64))] * 8

KINDS = {
    "grids": lambda: grids(grid(IMAGE, "x", marked=[(0, 0, 2, 2)], padding=1), "⋆", grid(KERNEL, "w"), "=", "?"),
    "grids with numbers": lambda: grids(grid(IMAGE, "x", base=0), grid([["", None]], "a long label over a small grid")),
    "a large grid": lambda: grids(grid([[200 + i + j for j in range(28)] for i in range(28)])),
    "stacks": lambda: stacks(("input", (32, 32, 3)), "conv 5×5, 20 filters", ("", (28, 28, 20)), "fc", ("", (10,))),
    "stacks to be found": lambda: stacks(("x", (32, 32, 3)), "a", ("y", None), "b", ("z", (None, None, 7)), "c"),
    "many stacks": lambda: stacks(*[("map", (2**n, 2**n, 4**n)) for n in range(12)]),
    "cone": lambda: cone([(3, 2)] * 5),
    "wide cone": lambda: cone([(11, 4), (3, 2), (5, 2), (3, 2), (3, 3)], labels=["conv1", "pool1"]),
    "windows": lambda: cone([(11, 1), (3, 3), (1, 1)], whole=False),
    "strip": lambda: strip(("image", "input", "3 × 224 × 224"), *VGG, ("softmax", "output")),
    "curves": lambda: curves({"training": LOSS, "validation": [loss + 0.1 for loss in LOSS]}),
    "curves on logarithms": lambda: curves({"loss": [1e-3, 1, 20]}, x=[1e-4, 1e-2, 1], log_x=True, log_y=True),
    "curves of one value": lambda: curves({"a": [5], "b": [-3], "c": [0], "d": [1e6], "e": [1e-6]}),
    "what XML could trip over": lambda: grids(grid([["a < b & c", '"]]>']], "<script>alert(1)</script>\x00\x1b")),
}


@pytest.fixture(params=list(KINDS))
def kind(request):
    return KINDS[request.param]


@pytest.fixture
def figure(kind):
    return kind()


def parsed(figure):
    return ElementTree.fromstring(figure.svg)


def elements(figure, tag):
    """(element, the style of its group) of every shape of a kind, the ground left out."""
    return [(element, group.attrib) for group in parsed(figure).iter(f"{SVG}g") for element in group.iter(SVG + tag)]


def box(rect):
    """Left, top, width and height of a rectangle."""
    return tuple(float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))


def rects(figure, **style):
    """The rectangles of this style."""
    wanted = {name.replace("_", "-"): value for name, value in style.items()}
    return [box(rect) for rect, found in elements(figure, "rect") if wanted.items() <= found.items()]


def polylines(figure, tag="polyline"):
    """The points of every line, and its style."""
    found = elements(figure, tag)
    return [([tuple(map(float, p.split(","))) for p in line.get("points").split()], s) for line, s in found]


def texts(figure):
    return [text.text for text, _ in elements(figure, "text")]


# Every kind


def test_it_is_sound(figure):
    assert list(faults(figure)) == []


def test_it_is_the_same_each_time(kind):
    assert kind() == kind()


def test_it_is_the_same_in_another_process():
    code = "from test_figures import KINDS\nfor kind in KINDS.values(): print(kind().svg, kind().alt)"
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent,
            capture_output=True,
        )
        for seed in ("1", "2")
    ]
    assert outputs[0].stdout == outputs[1].stdout
    assert outputs[0].stdout.count(b"<svg") == len(KINDS)


def test_nothing_is_cut_off(figure):
    left, top, width, height = (float(n) for n in parsed(figure).get("viewBox").split())
    points = [(x, y) for x, y, _, _ in rects(figure)] + [(x + w, y + h) for x, y, w, h in rects(figure)]
    for tag in ("polyline", "polygon"):
        points += [point for line, _ in polylines(figure, tag) for point in line]
    for text, style in elements(figure, "text"):
        half = 0.6 * float(style["font-size"]) * len(text.text)  # a wide font's average
        shift = {"start": (0, 0.9), "middle": (-0.45, 0.45), "end": (-0.9, 0)}[style["text-anchor"]]
        points += [(float(text.get("x")) + side * half, float(text.get("y"))) for side in shift]
    assert points
    for x, y in points:
        assert left <= x <= left + width
        assert top <= y <= top + height


def test_it_is_no_wider_than_a_page(figure):
    assert float(parsed(figure).get("width")) <= WIDEST + 340  # a cone has its names beside it


def test_the_text_alternative_stands_in_the_picture_too(figure):
    assert parsed(figure).findtext(f"{SVG}desc") == re.sub(r"[\x00\x1b]", "", figure.alt)


def test_it_has_a_ground_of_its_own(figure):
    root = parsed(figure)
    ground = root.find(f"{SVG}rect")
    assert ground.get("fill") == "#ffffff"
    assert [ground.get(n) for n in ("x", "y", "width", "height")] == root.get("viewBox").split()


def test_a_text_alternative_of_ones_own():
    for kind in (
        grids(grid(IMAGE), alt="mine"),
        stacks(("", None), alt="mine"),
        cone([(3, 1)], alt="mine"),
        cone([(3, 1)], whole=False, alt="mine"),
        strip(("fc", "fc"), alt="mine"),
        curves({"a": [1]}, alt="mine"),
    ):
        assert kind.alt == "mine"
        assert list(faults(kind)) == []


# As an image


class Image(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def test_the_image_holds_all_of_it(figure):
    [(tag, attributes)] = Image(figure.img).found
    assert (tag, set(attributes)) == ("img", {"alt", "src"})
    kind, data = attributes["src"].split(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(data).decode() == figure.svg
    assert attributes["alt"] == " ".join(figure.alt.split())


def test_the_image_is_one_line_without_formulas():
    image = Figure("<svg/>", 'costs $5,\n\nthen "$x$" <b>').img
    assert not {"\n", "$"} & set(image)
    assert Image(image).found[0][1]["alt"] == 'costs $5, then "$x$" <b>'


# Grids


def test_entries_stand_in_reading_order():
    assert texts(KINDS["grids"]()) == [
        *"00000", "0", "3", "141", "59", "0", "0", "26", "5", "35", "0", "0", "89", "79", "32", "0", *"00000", "x",
        "⋆", "0", "−1", "2.5", "1", "w", "=", "?",
    ]  # fmt: skip


def test_a_grids_text_says_its_numbers_row_by_row():
    assert grids(grid(IMAGE, "x", marked=[(0, 1, 2, 2), (2, 2, 1, 1)]), "⋆", grid(KERNEL, "w"), "= ?").alt == (
        "x ⋆ w = ?. x: 3 rows and 3 columns. Row by row: 3 141 59; 26 5 35; 89 79 32. Marked: rows 1 to 2, columns 2 "
        "to 3. Marked: row 3, column 3. w: 2 rows and 2 columns. Row by row: 0 −1; 2.5 1."
    )


def test_a_grids_text_says_what_is_blank_padded_and_numbered():
    assert grids(grid([[1, None], ["", "a"]])).alt == "Matrix: 2 rows and 2 columns. Row by row: 1 blank; blank a."
    assert grids(grid(IMAGE, "y", blank=True)).alt == "y: 3 rows and 3 columns, all blank."
    assert grids(grid([[7]], "x", padding=1, base=0, marked=[(0, 0, 2, 2)])).alt == (
        "x: 1 row and 1 column, numbered from 0. Row by row: 7. Around it, 1 row or column of padding on each side, "
        "filled with 0. Marked: rows 1 to 2, columns 1 to 2, the padding counted."
    )
    assert "2 rows or columns of padding on each side, left blank" in grids(grid([[7]], padding=2, padded_with="")).alt
    assert grids(grid([[7, 8]], "x", base=0, marked=[(0, 1, 1, 1)])).alt.endswith("Marked: row 0, column 1.")


@pytest.mark.parametrize("padding", [0, 1])
def test_marks_lie_on_their_cells(padding):
    marks = [(0, 0, 2, 2), (1, 0, 2, 3)]
    figure = grids(grid(IMAGE, marked=marks, padding=padding))
    where = {text.text: (float(text.get("x")), float(text.get("y"))) for text, _ in elements(figure, "text")}
    for (row, column, height, width), colour in zip(marks, COLOURS, strict=False):
        rows = range(row - padding, row - padding + height)
        columns = range(column - padding, column - padding + width)
        expected = {str(IMAGE[i][j]) for i in rows for j in columns if 0 <= i < 3 and 0 <= j < 3}
        for left, top, w, h in [*rects(figure, stroke=colour), *rects(figure, fill=colour)]:
            inside = {t for t, (x, y) in where.items() if left < x < left + w and top < y < top + h and t != "0"}
            assert inside == expected
        assert len(rects(figure, stroke=colour)) == len(rects(figure, fill=colour)) == 1


def test_marks_differ_in_more_than_colour():
    figure = grids(grid(IMAGE, marked=[(0, 0, 2, 2), (0, 1, 2, 2), (1, 0, 2, 2), (1, 1, 2, 2)]))
    outlines = [s["stroke-dasharray"] for _, s in elements(figure, "rect") if s["stroke"] in COLOURS]
    assert len(set(outlines)) == 4


def test_outlines_of_overlapping_marks_do_not_hide_one_another():
    beside = rects(grids(grid(IMAGE, marked=[(0, 0, 1, 2), (1, 0, 1, 2)])), stroke_width="2.5")
    assert beside[0][2:] == beside[1][2:]
    over = rects(grids(grid(IMAGE, marked=[(0, 0, 2, 2), (0, 0, 2, 2), (0, 1, 2, 2)])), stroke_width="2.5")
    assert over[0][2] > over[1][2] > over[2][2]
    assert over[0][0] < over[1][0]


def test_cells_are_as_wide_as_their_widest_entry():
    narrow, wide = (float(parsed(grids(grid([[1, entry]]))).get("width")) for entry in (2, "x[10,10]·w[10,10]"))
    assert wide > narrow + 2 * 80


def test_rows_and_columns_are_numbered_from_the_base():
    assert texts(grids(grid([[7, 8, 9]], base=0))) == ["7", "8", "9", "0", "0", "1", "2"]
    assert texts(grids(grid([[7, 8]], base=1, padding=1, padded_with=""))) == ["7", "8", "1", "1", "2"]


@pytest.mark.parametrize("rows", [[], [[]], [[1, 2], [3]]])
def test_rows_of_different_lengths_are_refused(rows):
    with pytest.raises(ValueError, match="expected rows of one length"):
        grid(rows)


@pytest.mark.parametrize("mark", [(0, 0, 4, 1), (0, 2, 1, 2), (-1, 0, 1, 1), (0, 0, 0, 1)])
def test_a_mark_outside_is_refused(mark):
    with pytest.raises(ValueError, match="lies outside"):
        grid(IMAGE, marked=[mark])


# Stacks


def sheets(*sizes):
    """The front sheet's sides and the number of sheets of each stack, drawn one by one."""
    drawn = [rects(stacks(("", size)), stroke="#1c2330") for size in sizes]
    return [(stack[-1][3], stack[-1][2], len(stack)) for stack in drawn]


def test_stacks_grow_with_their_size():
    sides = sheets(*[(n, n, 3) for n in (1, 2, 7, 28, 224, 1024)])
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(sides))
    counts = [count for _, _, count in sheets(*[(8, 8, 4**n) for n in range(6)])]
    assert counts == sorted(counts)
    assert counts[0] == 1
    assert counts[-1] > 5


def test_a_wide_map_is_wide():
    [(height, width, _)] = sheets((32, 256, 3))
    assert height < width


def test_an_unknown_size_says_nothing():
    unknown = sheets(None, (None, 3, 3), (900, 900, None))
    assert len(set(unknown)) == 1
    assert texts(stacks(("y", None))) == ["?", "y"]
    assert texts(stacks(("", (5, 5, None)))) == ["5 × 5 × ?"]


def test_stacks_and_arrows_do_not_overlap():
    figure = KINDS["many stacks"]()
    arrows = [points for points, _ in polylines(figure)]
    assert len(arrows) == 11
    for (x, y), (tip, _) in arrows:
        for left, top, width, height in rects(figure, stroke="#1c2330"):
            assert left + width < x or left > tip or top + height < y or top > y


def test_a_stacks_text_says_sizes_and_operations_in_order():
    assert stacks(("input", (32, 30, 3)), "conv", ("", (28, 26, 20)), "flatten", ("scores", (10,)), "?").alt == (
        "From left to right (height × width × channels; in order): input (32 × 30 × 3) → conv → feature maps "
        "(28 × 26 × 20) → flatten → scores (10) → ?."
    )
    assert "→ vector (84)." in stacks(("", None), "flatten", ("", (84,))).alt
    assert stacks(("after 1", None)).alt == "From left to right (in order): after 1 (size not given)."


# Cones


@pytest.mark.parametrize(
    "layers", [[(3, 1)], [(3, 1), (3, 1)], [(2, 2), (3, 1), (2, 2)], [(7, 2), (3, 2), (3, 1), (3, 2), (3, 1)]]
)
def test_a_cone_has_a_square_for_each_unit(layers):
    rows = {}
    for left, top, width, _ in rects(cone(layers)):
        rows.setdefault(top, []).append((left, left + width))
    counts = [len(row) for _, row in sorted(rows.items())]
    assert counts == [receptive_field(layers[len(layers) - depth :]) for depth in range(len(layers) + 1)]
    for row in rows.values():
        assert all(a[1] <= b[0] + 0.11 for a, b in pairwise(sorted(row)))  # coordinates have one decimal


def test_a_wide_cone_leaves_out_the_middle_and_still_counts():
    figure = KINDS["wide cone"]()
    assert "147 units" in texts(figure)
    assert len(rects(figure)) < 80


def test_a_cones_text_counts_from_the_top():
    assert cone([(3, 1), (2, 2)], labels=["conv"]).alt == (
        "One unit of layer 2 (k = 2, s = 2) sees, going down, 2 units of conv (k = 3, s = 1) and 4 units of the input."
    )


def test_windows_alone_do_not_tell_the_field():
    layers = [(5, 2), (3, 2), (3, 1)]
    figure = cone(layers, whole=False)
    field = receptive_field(layers)
    assert str(field) not in figure.alt
    assert not any(str(field) in text for text in texts(figure))
    rows = {}
    for _, top, _, height in rects(figure, stroke="#1c2330"):
        rows[top] = rows.get(top, 0) + (height == 22)
    assert sorted(rows.values()) == sorted([2, *(k + s for k, s in layers)])


def test_the_windows_text_says_k_and_s():
    assert cone([(5, 2), (1, 1)], whole=False).alt == (
        "Windows in one dimension, from the input up: one unit of layer 1 sees 5 units of the input, its neighbour "
        "those that begin 2 units further on; one unit of layer 2 sees 1 unit of layer 1, its neighbour those that "
        "begin 1 unit further on."
    )


# Strips


@pytest.mark.parametrize("length", [1, 5, 12, 20, 31])
def test_a_strip_wraps_and_its_blocks_do_not_overlap(length):
    boxes = rects(strip(*[("m" * length, "conv")] * 18))
    rows = sorted({top for _, top, _, _ in boxes})
    assert len(boxes) == 18
    assert len(rows) > 1
    for row in rows:
        spans = sorted((left, left + width) for left, top, width, _ in boxes if top == row)
        assert all(a[1] + 10 < b[0] for a, b in pairwise(spans))
        assert spans[-1][1] <= WIDEST


def test_blocks_are_coloured_by_what_they_do():
    figure = strip(("a", "conv"), ("b", "pool"), ("c", "conv"))
    fills = [style["fill"] for _, style in elements(figure, "rect")]
    assert fills[0] == fills[2] != fills[1]


def test_a_strips_text_says_blocks_and_sizes_in_order():
    assert strip(("conv 3×3, 64", "conv", (8, 8, 64)), ("ReLU", "activation"), ("fc", "fc", "10")).alt == (
        "Architecture, 3 blocks in order: conv 3×3, 64 (output 8 × 8 × 64) → ReLU → fc (output 10)."
    )


def test_an_unknown_kind_of_block_is_refused():
    with pytest.raises(ValueError, match=r"block 'x': expected a kind among input, conv, .*, found 'convolution'"):
        strip(("x", "convolution"))


# Curves


def lines(figure):
    """The points and the style of each curve, the legend's left out."""
    curved = [(points, style) for points, style in polylines(figure) if style["stroke"] in COLOURS]
    return curved[: len(curved) // 2]


def test_a_curve_goes_through_its_values():
    [(points, _)] = lines(curves({"a": [0, 10, 5]}))
    assert [x for x, _ in points] == [0, 230, 460]
    assert [y for _, y in points] == [250, 0, 125]


def test_curves_are_told_apart_without_colour():
    figure = curves({name: [1, 2, 3] for name in "abcdef"})
    assert len({style["stroke-dasharray"] for _, style in lines(figure)}) == 6
    assert texts(figure)[-6:] == list("abcdef")


def test_a_curves_text_says_its_values():
    figure = curves({"training": [2.5, 1.25], "validation": [2.5, 1800]}, "epoch", "loss")
    assert figure.alt == (
        "Line chart of loss against epoch. training: 2.5 at 1, 1.25 at 2. validation: 2.5 at 1, 1800 at 2."
    )
    assert len(re.findall(r" at \d+", curves({"a": LOSS * 7}).alt)) <= 21


def test_equal_ratios_are_equal_steps_on_a_logarithmic_axis():
    [(points, _)] = lines(curves({"a": [1, 10, 100]}, x=[0.01, 0.1, 1], log_x=True, log_y=True))
    assert points == [(0, 250), (230, 125), (460, 0)]


def test_a_range_of_ones_own():
    [(points, _)] = lines(curves({"accuracy": [0.5, 0.5]}, y_range=(0, 1)))
    assert points[0][1] == 125


@pytest.mark.parametrize(
    "series, more, told",
    [
        ({}, {}, "found 0"),
        ({"a": []}, {}, "found 0"),
        ({"a": [1, 2]}, {"x": [1]}, "found 2"),
        ({"a": [0, 1]}, {"log_y": True}, "expects positive values, found 0"),
        ({"a": [1]}, {"x": [-1], "log_x": True}, "expects positive values, found -1"),
    ],
)
def test_curves_that_cannot_be_drawn_are_refused(series, more, told):
    with pytest.raises(ValueError, match=told):
        curves(series, **more)


# What is unsound


GOOD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9.5" role="img"><title>t</title>'
    '<g font-size="13"><text>x</text></g></svg>'
)


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("</svg>", "", "is not well-formed"),
        ("<svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg", "expected elements alone"),
        ("<g", "<!-- x --><g", "expected elements alone"),
        ("svg", "html", "expected an svg element"),
        ("9.5", "auto", "expected a viewBox of four numbers"),
        ('role="img"', "", "expected role img, found None"),
        ("<title>t</title>", "", "has no title"),
        ("<title>t</title>", "<title> </title>", "has no title"),
        ("<text>x</text>", "<script>x</script>", "holds an element script"),
        ("<text>x</text>", "<foreignObject/>", "holds an element foreignObject"),
        ("<text>x</text>", "<style>x</style>", "holds an element style"),
        ("<text>x</text>", '<image href="data:,x"/>', "holds an element image"),
        ("<text>", '<text onclick="x">', "text has an attribute onclick="),
        ("<text>", '<text style="x">', "text has an attribute style="),
        ("<text>", '<text id="x">', "text has an attribute id="),
        ("<text>", '<text fill="url(#x)">', "text has an attribute fill="),
        ("<text>", '<text fill="https://x">', "text has an attribute fill="),
        ("<text>", '<text xmlns:y="http://www.w3.org/1999/xlink" y:href="#x">', "xlink}href="),
        ("13", "10", "expected texts of at least 11 pixels, found 10"),
        ("x<", "x" * MAX_BYTES + "<", f"expected at most {MAX_BYTES} bytes, found"),
    ],
)
def test_what_is_unsound_is_named(old, new, told):
    assert list(faults(Figure(GOOD, "a"))) == []
    assert old in GOOD
    assert told in "\n".join(faults(Figure(GOOD.replace(old, new), "a")))


def test_an_empty_text_alternative_is_named():
    assert list(faults(Figure(GOOD, " "))) == ["its text alternative is empty"]
