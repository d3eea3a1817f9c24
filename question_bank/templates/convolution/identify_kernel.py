"""Which kernel made this output of this image?"""

from question_bank import Choice, figures, integers, one_of, part, shuffled, template
from question_bank.answers import matrix_latex
from question_bank.maths.images import Image, cross_correlate
from question_bank.maths.kernels import BOX, IDENTITY, LAPLACIAN, PREWITT_X, PREWITT_Y, SHARPEN, SOBEL_X, SOBEL_Y
from question_bank.misconceptions import Misconception

KERNELS: dict[str, Image] = {
    "identity": IDENTITY,
    "box blur": BOX,
    "sharpening": SHARPEN,
    "Laplacian": LAPLACIAN,
    "Sobel, x": SOBEL_X,
    "Sobel, y": SOBEL_Y,
    "Prewitt, x": PREWITT_X,
    "Prewitt, y": PREWITT_Y,
}
ONES = ((1, 1, 1),) * 3
LOOKS = {name: matrix_latex(kernel) for name, kernel in KERNELS.items()} | {
    "box blur": rf"\tfrac19 {matrix_latex(ONES)}"
}
OPTIONS = {name: f"{name}: ${look}$" for name, look in LOOKS.items()}

EDGE_FOR_SHARPEN = Misconception(
    "took sharpening for edge detection",
    r"You took the output for a map of edges. In flat regions it has kept the image's brightness, so the weights add "
    r"up to 1: the image is sharpened.",
)
SHARPEN_FOR_EDGE = Misconception(
    "took edge detection for sharpening",
    r"You took the output for a sharpened image. In flat regions it is 0, so the weights add up to 0 and the image "
    r"itself is gone: only edges are left.",
)
OTHER_DIRECTION = Misconception(
    "took the other direction",
    r"You chose the right family and the wrong direction. Look at which sides of the bright area respond: left and "
    r"right for a kernel that differs along $x$, top and bottom for one that differs along $y$.",
)
OTHER_FAMILY = Misconception(
    "confused Sobel and Prewitt",
    r"You chose the right direction and the wrong family. Along a straight edge Sobel gives four times the step in "
    r"brightness, Prewitt three times.",
)


def picture(q):
    """A bright area, reaching to the lower right, on a darker ground."""
    return tuple(
        tuple(q.bright if i >= q.top and q.left <= j < q.right else q.dark for j in range(6)) for i in range(5)
    )


def other(name):
    """The other direction and the other family of a derivative kernel."""
    family, direction = name.split(", ")
    return (
        f"{family}, {'y' if direction == 'x' else 'x'}",
        f"{'Prewitt' if family == 'Sobel' else 'Sobel'}, {direction}",
    )


@template(
    topics=["cnn/filters", "cnn/definition"],
    difficulty=3,
    minutes=4,
    where=lambda q: (
        q.dark != q.bright and len({cross_correlate(picture(q), kernel) for kernel in KERNELS.values()}) == 8
    ),
)
class IdentifyKernel:
    stem = r"""The image $x$ was cross-correlated with one of the kernels below (not flipped), stride 1, no padding. The
    output is $y$.

    $$x = {{ image() | latex }} \qquad y = {{ output() | latex }}$$"""

    name: str = one_of(*KERNELS)
    dark: int = integers(0, 90, step=9)
    bright: int = integers(0, 90, step=9)
    top: int = integers(1, 2)
    left: int = integers(1, 3)
    right: int = integers(lambda q: q.left + 3, 6)
    options: tuple[str, ...] = shuffled(*OPTIONS.values())

    def figure(q):
        return figures.grids(figures.grid(picture(q), "x"), "⋆", "?", "=", figures.grid(q.output(), "y"))

    kernel = part("Which kernel was it?", lambda q: OPTIONS[q.name], lambda q: Choice(q.options))
    kernel.mistake(EDGE_FOR_SHARPEN, lambda q: OPTIONS["Laplacian"], when=lambda q: q.name == "sharpening")
    kernel.mistake(SHARPEN_FOR_EDGE, lambda q: OPTIONS["sharpening"], when=lambda q: q.name == "Laplacian")
    kernel.mistake(OTHER_DIRECTION, lambda q: OPTIONS[other(q.name)[0]], when=lambda q: "," in q.name)
    kernel.mistake(OTHER_FAMILY, lambda q: OPTIONS[other(q.name)[1]], when=lambda q: "," in q.name)

    def image(q):
        """The image."""
        return picture(q)

    def output(q):
        """What the kernel made of it."""
        return tuple(tuple(map(int, row)) for row in cross_correlate(picture(q), KERNELS[q.name]))

    solution = r"""First look at flat parts of the image.
    {%- if name == "identity" %} They are unchanged, and so is everything else: the output is the image without its
    outermost pixels.
    {%- elif name == "box blur" %} They are unchanged, so the weights add up to 1. At the edge the output lies between
    the two brightnesses: the image is smoothed.
    {%- elif name == "sharpening" %} They are unchanged, so the weights add up to 1. Beside the edge the dark side has
    become darker and the bright side brighter: the image is sharpened.
    {%- else %} They have become 0, so the weights add up to 0, and only differences between pixels count.
    {%- if name == "Laplacian" %} Edges of every direction respond, with opposite signs on their two sides.
    {%- else %} Only edges of one direction respond along their whole length, with one sign: a derivative along
    ${{ name[-1] }}$. Along a straight edge the response is {{ "4" if "Sobel" in name else "3" }} times the difference
    in brightness, ${{ bright }} - {{ dark }} = {{ bright - dark }}$, up to its sign.{% endif %}{% endif %}

    {{ kernel }}"""
