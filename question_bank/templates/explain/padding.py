"""What zero padding changes besides the size of the output, explained."""

from question_bank import Explanation, integers, one_of, part, template


@template(topics=["explain/padding"], difficulty=2, minutes=5, where=lambda q: q.n > q.layers * (q.k - 1))
class WhatPaddingChanges:
    stem = r"""{{ {2: "Two", 3: "Three", 4: "Four"}[layers] }} convolutions with ${{ k }}\times{{ k }}$ kernels and
    stride 1 follow one another. Their input is an image of ${{ n }}\times{{ n }}$ pixels. In one network each puts a
    border of zeros around its input, ${{ pad }}$ wide, in the other none does."""

    n: int = integers(24, 128)
    k: int = one_of(3, 5)
    layers: int = one_of(2, 3, 4)

    @property
    def pad(q):
        """The zeros on each side that keep the size."""
        return (q.k - 1) // 2

    @property
    def left(q):
        """The side of the last output without padding."""
        return q.n - q.layers * (q.k - 1)

    change = part(
        "Explain what the padding changes: for the size of the last output, for the pixels at the border, and for what "
        "the outputs at the border are computed from.",
        lambda q: (
            f"With padding the last output has {q.n}×{q.n} pixels, without it each layer takes away {q.k - 1} rows and "
            f"columns, and {q.left}×{q.left} are left. Without padding a pixel in the corner lies in one window of the "
            f"first layer, with it in {(q.pad + 1) ** 2}, so that the border counts for more. In return, the outputs "
            "at the border are computed from zeros that are not part of the image."
        ),
        Explanation(sentences=3),
        points=3,
    )

    solution = r"""{{ change }}"""
