"""What came back for one part, as plain data, and its form on the wire and on disk: JSON and nothing but JSON.

A response is a claim by untrusted code. `decode` accepts a closed set of forms and sizes and raises on all else;
nothing here can run code, so never replace it by pickle.
"""

from __future__ import annotations

import base64
import binascii
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

BLANK: Final = ...  # the answer cells hold an Ellipsis until the student replaces it

TIME_UP: Final = "the time for training was up"
MAX_TEXT = 100_000  # characters of a string
MAX_MESSAGE = 2_000  # characters of what was raised
MAX_DIGITS = 4_000  # digits of an integer
MAX_ITEMS = 20_000  # entries of a nested list, in all
MAX_DEPTH = 16  # nesting of lists
MAX_BYTES = 16 * 2**20  # bytes of an array; an entry of an empty one counts, too
DTYPES: tuple[str, ...] = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
DTYPES += ("float16", "float32", "float64", "complex64", "complex128")
_NAMES = {np.dtype(name): name for name in DTYPES}  # NumPy makes a dtype's name anew each time, and slowly


@dataclass(frozen=True)
class Unreadable:
    """A value that is no plain data: a dict, an object, a list nested too deep. `what` says so to the student."""

    what: str


@dataclass(frozen=True)
class Raised:
    """Student code raised, or was stopped. `kind` is the exception's name, `message` its text."""

    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}" if self.message else self.kind


class Malformed(ValueError):
    """What came back is not of the agreed form: a broken or hostile child."""


def is_blank(value: Any) -> bool:
    """Nothing was answered: the Ellipsis of the answer cell, None, or an empty text."""
    return value is BLANK or value is None or (isinstance(value, str) and not value.strip())


def encode(value: Any) -> Any:
    """A value in JSON's own terms. NumPy and torch arrays and scalars become arrays; tuples become lists.

    A set of texts becomes a sorted list, a Fraction the text that Python prints for it.
    """
    if isinstance(value, Raised):
        return {"raised": [value.kind[:200], value.message[:MAX_MESSAGE]]}
    if isinstance(value, Unreadable):
        return {"unreadable": value.what[:200]}
    try:
        return _encode_plain(value, MAX_DEPTH, [MAX_ITEMS])
    except _TooMuch as error:
        return {"unreadable": str(error)}


class _TooMuch(Exception):
    pass


def _encode_plain(value: Any, depth: int, room: list[int]) -> Any:
    kind = type(value)
    if value is BLANK:
        return {"blank": True}
    if value is None or kind in (bool, str) or kind in (int, float):
        return _encode_scalar(value)
    if isinstance(value, list | tuple):  # torch.Size and named tuples too
        room[0] -= len(value)
        if depth == 0 or room[0] < 0:
            raise _TooMuch("a list that is nested too deep or too long")
        return {"list": [_encode_plain(item, depth - 1, room) for item in value]}
    if kind in (set, frozenset) and all(type(item) is str for item in value):
        return _encode_plain(sorted(value), depth, room)  # letters of options, say; their order means nothing
    if kind is Fraction and max(value.numerator.bit_length(), value.denominator.bit_length()) < MAX_DIGITS:
        return _encode_scalar(str(value))
    if kind is complex:
        return {"complex": [repr(value.real), repr(value.imag)]}
    if (text := _as_text(value)) is not None:
        return _encode_scalar(text)
    array = _as_array(value)
    if array is None:
        return {"unreadable": f"a value of type {kind.__module__}.{kind.__qualname__}"[:200]}
    if _extent(array.shape, array.itemsize) > MAX_BYTES:
        raise _TooMuch(f"an array of shape {array.shape}"[:200])
    body = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
    return {"array": [_NAMES[array.dtype], list(array.shape), body]}


def _extent(shape: Sequence[int], itemsize: int) -> int:
    """The bytes of an array; one of shape (30000000, 0) has none and costs as much as one of shape (30000000, 1)."""
    return math.prod([size or 1 for size in shape]) * itemsize


def _encode_scalar(value: Any) -> Any:
    if type(value) is float:
        return {"float": repr(value)}  # JSON knows neither NaN nor infinity
    if type(value) is int:
        if value.bit_length() > 3 * MAX_DIGITS:  # 3 bits a digit: below MAX_DIGITS and Python's own limit
            return {"unreadable": "an integer of thousands of digits"}
        return {"int": str(value)}
    if type(value) is str and len(value) > MAX_TEXT:
        return {"unreadable": f"a text of more than {MAX_TEXT} characters"}
    return value


def _as_text(value: Any) -> str | None:
    """An expression of SymPy as the text that it prints, or None. SymPy is not imported for it.

    It is read like any other text of the student's: nothing that it may have been made of comes back.
    """
    sympy = sys.modules.get("sympy")
    if sympy is None or not isinstance(value, getattr(sympy, "Basic", ())):
        return None
    try:
        return str.__str__(str(value))
    except Exception:  # noqa: BLE001 - a class of the student's may do anything; then it is not plain data
        return None


def _as_array(value: Any) -> np.ndarray[Any, Any] | None:
    """A NumPy or torch value as a NumPy array of a dtype on the list, or None. Torch is not imported for it."""
    torch = sys.modules.get("torch")
    if torch and type(value) in (torch.Tensor, torch.nn.Parameter):  # a class of the student's may do anything
        value = value.detach().cpu()
        if str(value.dtype) == "torch.bfloat16":
            value = value.float()
        value = value.resolve_conj().resolve_neg().numpy()
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if not array.dtype.isnative:
            array = array.astype(array.dtype.newbyteorder("="))
        return array if array.dtype in _NAMES else None
    return None


def decode(data: Any) -> Any:
    """The value that `encode` wrote. Raises Malformed for anything that it does not write."""
    return _decode(data, MAX_DEPTH + 1)


def _decode(data: Any, depth: int) -> Any:
    if isinstance(data, str):
        return _text(data, MAX_TEXT)
    if data is None or isinstance(data, bool):
        return data
    if depth < 0 or not isinstance(data, dict) or len(data) != 1:
        raise Malformed(f"expected a tagged value, found {type(data).__name__}")
    [(tag, body)] = data.items()
    if tag not in _DECODERS:
        raise Malformed(f"unknown tag {tag!r:.40}")
    try:
        return _DECODERS[tag](body, depth)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise Malformed(f"{tag}: {error!s:.200}") from error


def _decode_list(body: Any, depth: int) -> list[Any]:
    if not isinstance(body, list):
        raise Malformed("list: expected a list")
    return [_decode(item, depth - 1) for item in body]


def _decode_int(body: Any, depth: int) -> int:
    if not isinstance(body, str) or len(body) > MAX_DIGITS:
        raise Malformed("int: expected up to 4000 digits")
    return int(body)


def _decode_array(body: Any, depth: int) -> np.ndarray[Any, Any]:
    dtype, shape, text = body
    if dtype not in DTYPES or not isinstance(shape, list) or len(shape) > 32:
        raise Malformed("array: unknown dtype or shape")
    if any(type(size) is not int or size < 0 for size in shape):
        raise Malformed("array: sizes are whole numbers")
    expected = math.prod(shape) * np.dtype(dtype).itemsize
    extent = _extent(shape, np.dtype(dtype).itemsize)
    if not isinstance(text, str) or extent > MAX_BYTES or len(text) > 4 * MAX_BYTES // 3 + 4:
        raise Malformed("array: too large")
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Malformed("array: not base64") from error
    if len(raw) != expected:
        raise Malformed(f"array: expected {expected} bytes, found {len(raw)}")
    return np.frombuffer(raw, dtype=dtype).reshape(shape)


def _strings(body: Any, count: int) -> list[str]:
    if not isinstance(body, list) or len(body) != count or not all(isinstance(item, str) for item in body):
        raise Malformed(f"expected {count} texts")
    return [_text(item, MAX_MESSAGE) for item in body]


def _text(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Malformed(f"a text of {len(text)} characters")
    return well_formed(text)


def well_formed(text: str) -> str:
    """The text with lone surrogates replaced: they cannot be written to a file."""
    return text.encode("utf-8", "replace").decode("utf-8")


_DECODERS = {
    "blank": lambda body, depth: BLANK,
    "raised": lambda body, depth: Raised(*_strings(body, 2)),
    "unreadable": lambda body, depth: Unreadable(*_strings([body], 1)),
    "int": _decode_int,
    "float": lambda body, depth: float(*_strings([body], 1)),
    "complex": lambda body, depth: complex(*map(float, _strings(body, 2))),
    "list": _decode_list,
    "array": _decode_array,
}


def call_key(question: str, function: str) -> str:
    """What a function's results are kept under: two questions may ask for functions of the same name."""
    return f"{question}.{function}"


@dataclass(frozen=True)
class Responses:
    """All that one submission answered: enough to mark it again and again without running its code."""

    values: dict[str, Any]  # by variable; a Raised where there is none
    calls: dict[str, dict[int, Any]]  # by `call_key` and case; a Raised where the call raised
    raised: dict[str, Raised]  # by question: what its answer cell raised
    stopped: str = ""  # why the run ended before its end, or empty
    gpu: str = ""  # the GPU that the code could use, or empty

    def to_json(self) -> dict[str, Any]:
        """In JSON's own terms."""
        return {
            "values": {name: encode(value) for name, value in self.values.items()},
            "calls": {name: {str(c): encode(v) for c, v in cases.items()} for name, cases in self.calls.items()},
            "raised": {question: encode(raised) for question, raised in self.raised.items()},
            "stopped": self.stopped,
            "gpu": self.gpu,
        }

    @classmethod
    def from_json(cls, data: Any) -> Responses:
        """What `to_json` wrote. Raises Malformed for anything else."""
        try:
            return cls(
                values={name: decode(value) for name, value in data["values"].items()},
                calls={n: {int(c): decode(v) for c, v in cases.items()} for n, cases in data["calls"].items()},
                raised={question: _decode_raised(value) for question, value in data["raised"].items()},
                stopped=str(data["stopped"]),
                gpu=str(data.get("gpu", "")),
            )
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Malformed(f"no responses: {error!s:.200}") from error


def _decode_raised(data: Any) -> Raised:
    value = decode(data)
    if not isinstance(value, Raised):
        raise Malformed("expected what was raised")
    return value
