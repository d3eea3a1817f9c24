"""One line of a backward pass is wrong: which one, and does a given call show it?"""

from collections.abc import Callable
from typing import Any, NamedTuple

from question_bank import Choice, Choices, integers, one_of, part, template
from question_bank.misconceptions import Misconception

CODE = """\
 1  def conv_backward(dy, x, w, s, p):
 2      N, C, H, W = x.shape
 3      F, C, K, K = w.shape
 4      xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
 5      dxp, dw = np.zeros_like(xp), np.zeros_like(w)
 6      db = dy.sum(axis=(0, 2, 3))
 7      for n, f, i, j in np.ndindex(dy.shape):
 8          window = xp[n, :, s*i : s*i + K, s*j : s*j + K]
 9          dw[f] += dy[n, f, i, j] * window
10          dxp[n, :, s*i : s*i + K, s*j : s*j + K] += dy[n, f, i, j] * w[f]
11      dx = dxp[:, :, p : p + H, p : p + W]
12      return dx, dw, db
"""
LINES = ("line 4", "line 6", "line 8", "line 9", "line 10", "line 11")


class Bug(NamedTuple):
    """A line, what stands right in it and what stands there instead, the result that this spoils, in which calls."""

    line: int
    right: str
    instead: str
    spoils: str
    shows: Callable[[Any], bool]
    why: str


BUGS = {
    "edge": Bug(
        4,
        "(p, p)))",
        '(p, p)), mode="edge")',
        "dw",
        lambda q: q.p > 0,
        "it pads with copies of the outermost pixels, not with zeros as the forward pass does",
    ),
    "mean": Bug(
        6,
        "sum(",
        "mean(",
        "db",
        lambda q: True,
        "it averages, but a bias is added to every output, and the chain rule adds up what comes back from them",
    ),
    "image": Bug(
        6,
        "dy.sum(axis=(0, 2, 3))",
        "dy[0].sum(axis=(1, 2))",
        "db",
        lambda q: q.images > 1,
        "it takes the first image of the batch only",
    ),
    "start": Bug(
        8,
        "s*i : s*i + K, s*j : s*j + K",
        "i : i + K, j : j + K",
        "dw",
        lambda q: q.s > 1,
        "it leaves the stride out, but the window of output (i, j) starts at row `s*i` and column `s*j`",
    ),
    "assign_dw": Bug(
        9,
        "+=",
        "=",
        "dw",
        lambda q: True,
        "it overwrites, but a filter is used in all outputs, so its gradients have to be added up",
    ),
    "assign_dx": Bug(
        10,
        "+=",
        "=",
        "dx",
        lambda q: q.s < q.k or q.filters > 1,
        "it overwrites, but a pixel may lie in several windows, and every filter looks at it, so its gradients have to "
        "be added up",
    ),
    "turned": Bug(
        10,
        "w[f]",
        "w[f, :, ::-1, ::-1]",
        "dx",
        lambda q: True,
        "it turns the kernel, but a pixel gets the very weight that it was multiplied with (turning belongs to the "
        "other way of writing it, as one convolution over `dy`)",
    ),
    "start_dx": Bug(
        10,
        "s*i : s*i + K, s*j : s*j + K",
        "i : i + K, j : j + K",
        "dx",
        lambda q: q.s > 1,
        "it leaves the stride out, but output (i, j) came from the window that starts at row `s*i` and column `s*j`",
    ),
    "minus": Bug(
        11,
        "p : p + H, p : p + W",
        "p : -p, p : -p",
        "dx",
        lambda q: q.p == 0,
        "for `p = 0` its slices are `0 : 0`, which is empty",
    ),
    "above": Bug(
        11,
        "p : p + H, p : p + W",
        ": H, : W",
        "dx",
        lambda q: q.p > 0,
        "it keeps the padding above and on the left and drops the last pixels instead",
    ),
}

SHOWS_ALWAYS = Misconception(
    "a wrong line always shows",
    r"You took a wrong line for a wrong result. Put the numbers of this call into the line: here it does what the "
    r"right line would do. That is why such errors survive tests with stride 1, without padding, or with one image.",
)
SPREADS = Misconception(
    "thought the error spreads",
    r"The three gradients do not build on one another: `dx` needs `dy` and `w`, `dw` needs `dy` and `x`, and `db` "
    r"needs `dy` alone. An error in one leaves the others right.",
)
OVERLOOKED = Misconception(
    "overlooked that it shows in this call",
    r"You took the results for right. Put the numbers of this call into the wrong line and compare it with what the "
    r"right line does.",
)


def wrong(q):
    """Which results of the call are wrong."""
    bug = BUGS[q.bug]
    return (bug.spoils,) if bug.shows(q) else ()


@template(
    topics=["cnn/backprop", "cnn/code"],
    difficulty=4,
    minutes=6,
    where=lambda q: q.s <= q.k and min(q.height(), q.width()) > 1,
)
class BuggyLine:
    stem = r"""This function computes the gradients of a convolutional layer (a cross-correlation, kernel not flipped)
    in NumPy: from `dy`, the gradient of the loss by the output, of shape (N, F, H', W'); the input `x` of shape
    (N, C, H, W); the filters `w` of shape (F, C, K, K); the stride `s`; and `p`, the number of zeros on each side. The
    biases do not need to be given. The windows of the layer cover the padded input up to its last row and column.
    **One line is wrong.**

    ```
    {{ code() }}
    ```

    It is called with `s = {{ s }}`, `p = {{ p }}`, an input of shape
    (N, C, H, W) = ({{ images }}, {{ channels }}, {{ height() }}, {{ width() }}) and
    {{ filters }} filter{{ "s" if filters > 1 }} of ${{ k }}\times{{ k }}$."""

    bug: str = one_of(*BUGS)
    s: int = integers(1, 3)
    p: int = integers(0, 2)
    k: int = integers(2, 3)
    images: int = integers(1, 3)
    channels: int = integers(1, 4)
    filters: int = integers(1, 3)
    rows: int = integers(3, 5)
    columns: int = integers(3, 5)

    line = part("Which line is wrong?", lambda q: f"line {BUGS[q.bug].line}", Choice(LINES), points=2)
    line.mistake(
        Misconception(
            "took the sum of the biases for the error",
            r"A bias is added to all outputs of its filter, so its gradient is the sum over images, rows and columns: "
            r"axes 0, 2 and 3. This line is right.",
        ),
        lambda q: "line 6",
        when=lambda q: BUGS[q.bug].line != 6,
    )
    line.mistake(
        Misconception(
            "missed the turned kernel",
            r"In this way of writing it no kernel has to be turned: each window gets the weights that its pixels were "
            r"multiplied with. This line is right. (Turning belongs to the other way, as one convolution over `dy`.)",
        ),
        lambda q: "line 10",
        when=lambda q: BUGS[q.bug].line != 10,
    )
    spoilt = part("Which of the results of this call are wrong?", wrong, Choices(("dx", "dw", "db")), points=2)
    spoilt.mistake(SHOWS_ALWAYS, lambda q: (BUGS[q.bug].spoils,), when=lambda q: not wrong(q))
    spoilt.mistake(OVERLOOKED, lambda q: (), when=wrong)
    spoilt.mistake(SPREADS, lambda q: ("dx", "dw"), when=lambda q: wrong(q) in (("dx",), ("dw",)))

    def height(q):
        """Height of the input."""
        return (q.rows - 1) * q.s + q.k - 2 * q.p

    def width(q):
        """Width of the input."""
        return (q.columns - 1) * q.s + q.k - 2 * q.p

    def code(q):
        """The function with its wrong line."""
        bug, lines = BUGS[q.bug], CODE.splitlines()
        lines[bug.line - 1] = lines[bug.line - 1].replace(bug.right, bug.instead)
        return "\n".join(lines)

    def right(q):
        """The line as it should be, without its number."""
        return CODE.splitlines()[BUGS[q.bug].line - 1][4:].strip()

    def why(q):
        """What the wrong line does."""
        return BUGS[q.bug].why

    def spoils(q):
        """The gradient that the wrong line computes."""
        return BUGS[q.bug].spoils

    solution = r"""It is {{ line }}:
    {{ why() }}. It should read

    ```
    {{ right() }}
    ```

    The line matters for `{{ spoils() }}` alone. The three gradients do not build on one another, so the other two are
    right in any call.
    {%- if spoilt %} In this call, with `s = {{ s }}`, `p = {{ p }}`, N = {{ images }}, F = {{ filters }} and
    K = {{ k }}, the wrong line gives something else than the right one would. What is wrong is `{{ spoilt[0] }}`.
    {%- else %} And with `s = {{ s }}`, `p = {{ p }}`, N = {{ images }}, F = {{ filters }} and K = {{ k }} the wrong
    line does just what the right one would do, so **none** of the results is wrong: this call does not show the error.
    Test with strides above 1, with and without padding, with several images and filters.
    {%- endif %}"""
