"""Write all four entries of a 2×2 output as sums of products."""

from question_bank import Symbolic, one_of, part, template
from question_bank.maths.expansions import sum_of_products, taps, under
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, SWAPPED_AXES, WRONG_INDEX_BASE
from question_bank.misconceptions.shapes import IGNORED_STRIDE


def y(q, i, j, s=None, step=1, shift=0):
    """Output (i, j), from 0, perhaps with another stride or all indices shifted; step=-1 reads the kernel backwards."""
    kernel = taps(*q.kernel)
    return sum_of_products(under((i, j), kernel, s or q.s), kernel[::step], q.base + shift, *q.letters[:2])


def mistaken(answer, i, j):
    """Add to the part for output (i, j), from 0, what goes wrong there."""
    answer.mistake(FLIPPED_KERNEL, lambda q: y(q, i, j, step=-1))
    answer.mistake(WRONG_INDEX_BASE, lambda q: y(q, i, j, shift=1 - 2 * q.base))
    answer.mistake(SWAPPED_AXES, lambda q: y(q, j, i), when=lambda q: i != j)
    answer.mistake(IGNORED_STRIDE, lambda q: y(q, i, j, s=1), when=lambda q: q.s > 1 and i + j > 0)


@template(topics=["cnn/definition"], difficulty=2, minutes=6)
class YijAll:
    stem = r"""{% set x, w, y = letters -%}
    An image ${{ x }}$ of ${{ kernel[0] + s }}\times{{ kernel[1] + s }}$ pixels (height × width) is cross-correlated
    with a kernel ${{ w }}$ of ${{ kernel[0] }}\times{{ kernel[1] }}$ weights (which is not flipped), stride {{ s }} in
    both directions, no padding and no bias. The output ${{ y }}$ has $2\times2$ entries. Indices are (row, column) and
    start at **{{ base }}**. Write each output as a sum of products, such as "{{ x }}[1,2]*{{ w }}[0,1] + …"."""

    kernel: tuple[int, int] = one_of((1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 2))
    s: int = one_of(1, 2, 3)
    base: int = one_of(0, 1)
    letters: tuple[str, str, str] = one_of(
        ("x", "w", "y"), ("I", "K", "S"), ("a", "w", "z"), ("x", "h", "y"), ("f", "g", "c"), ("u", "k", "v")
    )

    top_left = part("${{ letters[2] }}[{{ base }},{{ base }}]$", lambda q: y(q, 0, 0), Symbolic())
    mistaken(top_left, 0, 0)
    top_right = part("${{ letters[2] }}[{{ base }},{{ base + 1 }}]$", lambda q: y(q, 0, 1), Symbolic())
    mistaken(top_right, 0, 1)
    bottom_left = part("${{ letters[2] }}[{{ base + 1 }},{{ base }}]$", lambda q: y(q, 1, 0), Symbolic())
    mistaken(bottom_left, 1, 0)
    bottom_right = part("${{ letters[2] }}[{{ base + 1 }},{{ base + 1 }}]$", lambda q: y(q, 1, 1), Symbolic())
    mistaken(bottom_right, 1, 1)

    solution = r"""{% set y = letters[2] -%}
    The first window lies in the top left corner. The others start {{ s }} pixel{{ "s" if s > 1 }} further to the right,
    further down, or both. The kernel is laid on each of them as it is:

    - ${{ y }}[{{ base }},{{ base }}]$ = `{{ top_left }}`
    - ${{ y }}[{{ base }},{{ base + 1 }}]$ = `{{ top_right }}`
    - ${{ y }}[{{ base + 1 }},{{ base }}]$ = `{{ bottom_left }}`
    - ${{ y }}[{{ base + 1 }},{{ base + 1 }}]$ = `{{ bottom_right }}`"""
