"""Which kernels and paddings make stride 2 halve a side? It depends on whether the side is even or odd."""

from question_bank import Choices, Misconception, integers, part, shuffled, template
from question_bank.maths.shapes import conv_out

# (kernel, padding), with stride 2
SETTINGS = (
    (1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (4, 1), (4, 2), (5, 1), (5, 2), (6, 2), (6, 3), (7, 2), (7, 3),
)  # fmt: skip
SHOWN = 6

ONE_SIDED = Misconception(
    "padding added on one side only",
    r"Your choice fits padding on one side only. It is added on **both** sides: $\lfloor(n + 2p - k)/s\rfloor + 1$.",
)
UP = Misconception(
    "rounded up instead of down",
    r"Your choice fits rounding up. A window that does not fit entirely is dropped, so the division is rounded "
    r"**down**.",
)
OTHER_PARITY = Misconception(
    "right for the other kind of side",
    r"You mixed up even and odd sides. With stride 2 the same kernel and padding may halve the one and miss the other "
    r"by one: put the side into the formula.",
)


def _text(setting: tuple[int, int]) -> str:
    return f"kernel ${setting[0]}\\times{setting[0]}$, padding {setting[1]}"


@template(
    topics=["cnn/shapes", "cnn/padding"],
    difficulty=3,
    minutes=5,
    where=lambda q: 2 <= len(q.right) <= SHOWN - 1,
    note=lambda q: f"{q.n} {sorted(q.shown)}",
)
class HalvingSettings:
    stem = r"""A convolution with stride 2 is to take maps of ${{ n }}\times{{ n }}$ to maps of
    ${{ target }}\times{{ target }}$. Padding is the number of zeros on each of the four sides, and windows that do not
    fit entirely are dropped."""

    n: int = integers(16, 65)
    order: tuple[tuple[int, int], ...] = shuffled(*SETTINGS)

    @property
    def target(self) -> int:
        return (self.n + 1) // 2

    @property
    def shown(self) -> tuple[tuple[int, int], ...]:
        return tuple(self.order[:SHOWN])

    def fitting(self, n: int, both: int = 2, up: int = 0) -> tuple[str, ...]:
        """The settings shown that halve n, if padding counts `both` times and the division is moved `up`."""
        sides = {setting: conv_out(n + both * setting[1] + up, setting[0], 2) for setting in self.shown}
        return tuple(_text(setting) for setting, side in sides.items() if side == (n + 1) // 2)

    right = part(
        "Which of these settings do that?",
        lambda q: q.fitting(q.n),
        lambda q: Choices(tuple(map(_text, q.shown))),
    )
    right.mistake(ONE_SIDED, lambda q: q.fitting(q.n, both=1), when=lambda q: q.told_apart()[0])
    right.mistake(UP, lambda q: q.fitting(q.n, up=1), when=lambda q: q.told_apart()[1])
    right.mistake(OTHER_PARITY, lambda q: q.fitting(q.n + 1), when=lambda q: q.told_apart()[2])

    def told_apart(self) -> tuple[bool, ...]:
        """Which of the three slips shows: it selects something, neither what is right nor what an earlier slip does."""
        seen, apart = [self.fitting(self.n), ()], []
        for wrong in (self.fitting(self.n, both=1), self.fitting(self.n, up=1), self.fitting(self.n + 1)):
            apart.append(wrong not in seen)
            seen.append(wrong)
        return tuple(apart)

    solution = r"""The side has to be $\lfloor({{ n }} + 2p - k)/2\rfloor + 1 = {{ target }}$:

    | kernel | padding | side |
    |---|---|---|
    {%- for k, p in shown %}
    | ${{ k }}\times{{ k }}$ | {{ p }} | $\lfloor{{ n + 2 * p - k }}/2\rfloor + 1 = {{ (n + 2 * p - k) // 2 + 1 }}$ |
    {%- endfor %}

    So the right ones are: {{ right | join("; ") }}."""
