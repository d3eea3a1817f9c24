"""Responses: what is encoded comes back, and nothing else is accepted."""

import base64
import enum
import json
import math
import reprlib
from collections import namedtuple
from fractions import Fraction

import numpy as np
import pytest
import torch

from autograder.responses import (
    DTYPES,
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_TEXT,
    Malformed,
    Raised,
    Responses,
    Unreadable,
    decode,
    encode,
    is_blank,
)


def round_trip(value):
    return decode(json.loads(json.dumps(encode(value))))


def nested(levels):
    value = []
    for _ in range(levels - 1):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -7,
        10**3000,
        2.5,
        -0.0,
        math.inf,
        -math.inf,
        3 - 4j,
        "",
        "3640",
        "π\n\x00",
        ...,
        [],
        [1, [2.0, "x"], None, [...]],
        nested(MAX_DEPTH),
        Raised("ValueError", "no"),
        Unreadable("a dict"),
    ],
    ids=reprlib.repr,
)
def test_plain_values_come_back(value):
    found = round_trip(value)
    assert (type(found), repr(found)) == (type(value), repr(value))


def test_nan_comes_back():
    assert math.isnan(round_trip(math.nan))
    assert np.isnan(round_trip(np.array([math.nan, 1.0]))).tolist() == [True, False]


@pytest.mark.parametrize("value", [(1, 2), torch.Size([1, 2]), namedtuple("Pair", "a b")(1, 2)], ids=repr)
def test_tuples_of_all_kinds_come_back_as_lists(value):
    assert round_trip(value) == [1, 2]


@pytest.mark.parametrize("dtype", DTYPES)
def test_arrays_of_every_dtype_come_back(dtype):
    array = np.arange(6).reshape(2, 3).astype(dtype)
    found = round_trip(array)
    assert (found.dtype, found.tolist()) == (array.dtype, array.tolist())


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((0, 3)),
        np.float32(1.5),
        np.array(7),
        np.arange(6).reshape(2, 3).T,
        np.arange(9)[::2],
        np.array([1, 2], dtype=">i4"),
        np.asfortranarray(np.eye(3)),
    ],
    ids=["empty", "scalar", "no axes", "transposed", "strided", "big-endian", "Fortran"],
)
def test_arrays_of_every_layout_come_back(array):
    found = round_trip(array)
    assert (found.shape, found.tolist()) == (array.shape, array.tolist())


@pytest.mark.parametrize(
    "tensor, expected",
    [
        (torch.tensor([1.0, 2.0], requires_grad=True), [1.0, 2.0]),
        (torch.nn.Parameter(torch.ones(2)), [1.0, 1.0]),
        (torch.tensor([1.5], dtype=torch.bfloat16), [1.5]),
        (torch.tensor([1 + 2j]).conj(), [1 - 2j]),
        (torch.tensor([1 + 2j]).conj().imag, [-2.0]),
        (torch.ones(1).expand(3), [1.0, 1.0, 1.0]),
        (torch.tensor(3), 3),
    ],
    ids=["grad", "parameter", "bfloat16", "conj", "negative view", "expanded", "scalar"],
)
def test_tensors_come_back_as_arrays(tensor, expected):
    assert round_trip(tensor).tolist() == expected


@pytest.mark.parametrize("value", [{"c", "a"}, frozenset("ac")])
def test_a_set_of_texts_comes_back_in_order(value):
    assert round_trip(value) == ["a", "c"]


def test_a_fraction_comes_back_as_its_text():
    assert round_trip([Fraction(-1, 2), Fraction(4, 2)]) == ["-1/2", "2"]


class Loud(str):
    __slots__ = ()

    def __str__(self):
        raise RuntimeError("hostile")


class Seven(enum.IntEnum):
    SEVEN = 7


@pytest.mark.parametrize(
    "value, type_name",
    [
        (Seven.SEVEN, "Seven"),
        (Loud("7"), "Loud"),
        ({}, "dict"),
        ({1}, "set"),
        (Fraction(1, 2**5000), "Fraction"),
        ({"a", 1}, "set"),
        ({"a", Loud("b")}, "set"),
        (b"7", "bytes"),
        (print, "builtin_function_or_method"),
        (np.array([{}]), "ndarray"),
        (np.str_("7"), "str_"),
        (np.datetime64("2020-01-01"), "datetime64"),
        (object(), "object"),
    ],
)
def test_what_is_no_plain_data_is_named_and_not_trusted(value, type_name):
    found = round_trip(value)
    assert isinstance(found, Unreadable)
    assert found.what.endswith(type_name)


def endless():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value",
    [
        10**5000,
        "x" * (MAX_TEXT + 1),
        [0] * (MAX_ITEMS + 1),
        nested(MAX_DEPTH + 1),
        endless(),
        np.broadcast_to(np.float64(1), (10**6, 10**6)),
        np.zeros(9 * 2**20),
    ],
    ids=["integer", "text", "list", "nesting", "a list in itself", "broadcast array", "array"],
)
def test_what_is_too_large_is_unreadable(value):
    assert isinstance(round_trip(value), Unreadable)


def test_a_text_with_lone_surrogates_becomes_one_that_can_be_written():
    assert round_trip("a\ud800b") == "a?b"
    assert round_trip(Raised("ValueError", "\udfff")) == Raised("ValueError", "?")


def array_of(dtype="float64", shape=(1,), body=None):
    return {"array": [dtype, list(shape), base64.b64encode(bytes(8)).decode() if body is None else body]}


def deep(levels):
    value = None
    for _ in range(levels):
        value = {"list": [value]}
    return value


@pytest.mark.parametrize(
    "data",
    [
        7,
        1.5,
        [],
        {},
        {"pickle": "gASVAA=="},
        {"int": "1", "float": "1.0"},
        {"int": 7},
        {"int": "seven"},
        {"int": "1" * 100_000},
        {"float": 1.0},
        {"float": "one"},
        {"complex": ["1.0"]},
        {"complex": ["1.0", "i"]},
        {"complex": "12"},
        {"list": {"0": None}},
        {"list": "ab"},
        {"list": [7]},
        deep(50),
        deep(900),
        {"raised": ["KeyError"]},
        {"raised": ["KeyError", 7]},
        {"raised": "ab"},
        {"raised": ["KeyError", "x" * 100_000]},
        {"unreadable": ["x"]},
        {"unreadable": "x" * 100_000},
        "x" * (MAX_TEXT + 1),
        {"array": []},
        {"array": "abc"},
        {"array": {"dtype": "float64"}},
        array_of(dtype="object"),
        array_of(dtype="O"),
        array_of(dtype="float64,float64"),
        array_of(dtype=["float64"]),
        array_of(dtype=None),
        array_of(shape=(2,)),
        array_of(shape=(-1,)),
        array_of(shape=(-1, -1)),
        array_of(shape=(True,)),
        array_of(shape=(1.0,)),
        array_of(shape=(10**9, 10**9)),
        array_of(shape=(2**62, 4)),
        array_of(shape=(0, 10**30), body=""),
        array_of(shape=(1,) * 70),
        array_of(body="AAAA"),
        array_of(body="!" * 12),
        array_of(body=7),
        {"array": ["float64", 1, ""]},
        {"array": ["float64", [1], "A" * 12, "more"]},
    ],
    ids=reprlib.repr,
)
def test_forged_data_is_refused(data):
    with pytest.raises(Malformed):
        decode(data)


@pytest.mark.parametrize(
    "value, blank", [(..., True), (None, True), ("", True), (" \n", True), (0, False), ([], False)]
)
def test_a_blank_is_nothing_answered(value, blank):
    assert is_blank(value) is blank


def test_decoded_arrays_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        round_trip(np.zeros(2))[0] = 1


RESPONSES = Responses(
    values={"q1_side": 7, "q1_area": Raised("NameError", "name 'q1_area' is not defined"), "q2_rows": [[1.5]]},
    calls={"double": {0: [1.0], 11: Raised("TypeError", "no")}},
    raised={"q1": Raised("ZeroDivisionError", "division by zero")},
    stopped="ran too long",
)


def test_responses_come_back_from_json():
    assert Responses.from_json(json.loads(json.dumps(RESPONSES.to_json()))) == RESPONSES


def test_arrays_in_responses_come_back_from_json():
    kept = Responses({"x": np.eye(2)}, {}, {})
    assert Responses.from_json(json.loads(json.dumps(kept.to_json()))).values["x"].tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    "change",
    [
        {"values": None},
        {"values": [1]},
        {"values": {"x": 7}},
        {"calls": {"f": {"first": None}}},
        {"calls": {"f": []}},
        {"raised": {"q1": None}},
        {"raised": {"q1": "ValueError"}},
    ],
)
def test_damaged_responses_are_refused(change):
    with pytest.raises(Malformed):
        Responses.from_json(RESPONSES.to_json() | change)


@pytest.mark.parametrize("data", [None, [], "responses", {}])
def test_what_is_no_responses_is_refused(data):
    with pytest.raises(Malformed):
        Responses.from_json(data)
