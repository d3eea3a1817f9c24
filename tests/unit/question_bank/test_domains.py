"""What may be drawn: sizes, choices and membership of domains, and the hash behind every draw."""

from types import SimpleNamespace

import pytest

from question_bank.domains import hashed_int, integers, matrices, one_of

NOTHING = SimpleNamespace()
EARLIER = SimpleNamespace(n=7)


def choices(domain, q=NOTHING):
    return [domain.at(q, index) for index in range(domain.size(q))]


@pytest.mark.parametrize(
    "domain, expected",
    [
        (integers(3, 6), [3, 4, 5, 6]),
        (integers(4, 11, step=3), [4, 7, 10]),
        (integers(0, lambda q: q.n - 5), [0, 1, 2]),
        (integers(lambda q: q.n, 8), [7, 8]),
        (integers(9, lambda q: q.n), []),
        (one_of("max", "average"), ["max", "average"]),
        (matrices(1, 2, 0, 1), [((0, 0),), ((1, 0),), ((0, 1),), ((1, 1),)]),
    ],
)
def test_choices(domain, expected):
    assert choices(domain, EARLIER) == expected


@pytest.mark.parametrize("domain", [integers(-3, 9, step=4), one_of(1, "a", (2, 3)), matrices(2, lambda q: 2, -1, 1)])
def test_a_domain_contains_its_choices_each_once(domain):
    found = choices(domain)
    assert len(set(found)) == len(found)
    assert all(domain.contains(NOTHING, choice) for choice in found)


@pytest.mark.parametrize(
    "domain, stranger",
    [
        (integers(0, 9), 10),
        (integers(0, 9, step=2), 3),
        (integers(0, 9), True),
        (integers(0, 9), 4.0),
        (integers(0, 9), "4"),
        (integers(0, lambda q: q.n), 8),
        (one_of(3, 5), 4),
        (matrices(2, 2, 0, 5), ((1, 2), (3, 6))),
        (matrices(2, 2, 0, 5), ((1, 2),)),
        (matrices(2, 2, 0, 5), ((1, 2, 3), (4, 5, 0))),
        (matrices(2, 2, 0, 5), ((1, 2), (3, True))),
        (matrices(2, 2, 0, 5), ((1, 2), 3)),
        (matrices(2, 2, 0, 5), None),
    ],
)
def test_a_domain_contains_nothing_else(domain, stranger):
    assert not domain.contains(EARLIER, stranger)


def test_matrices_too_many_to_list_still_have_an_index():
    domain = matrices(5, 5, 0, 255)
    assert domain.size(NOTHING) == 256**25
    assert domain.at(NOTHING, domain.size(NOTHING) - 1) == ((255,) * 5,) * 5


def test_the_hash_is_sha256_of_the_key_in_json():
    """A change here changes what every student was dealt. The digest is that of `sha256sum`."""
    digest = "9f017a396d1227586085132660ac4ce9afb00e8dd37a0b2007b9cb279a1115cc"
    assert hashed_int("seed", "shapes/layer_output", 1, "n", 0) == int(digest, 16)


def test_the_hash_tells_keys_apart():
    keys = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("1", 2), (1, "2"), (12,)]
    assert len({hashed_int(*key) for key in keys}) == len(keys)
