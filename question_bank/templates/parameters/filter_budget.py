"""How many filters a layer may have under a budget of parameters."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.misconceptions.parameters import FORGOT_BIAS, FORGOT_INPUT_CHANNELS

BUDGET_WITHOUT_BIAS = Misconception(
    "left the biases out of the budget",
    r"You divided the budget by the weights of a filter. Each filter also has a bias, and all of them together may be "
    r"the one that no longer fits.",
)
ROUNDED_BUDGET_UP = Misconception(
    "rounded up",
    r"You rounded up. The last filter then does not fit into the budget: multiply it out and see.",
)
FORGOT_DEPTH = Misconception(
    "forgot the input channels",
    r"You took a filter to be one $k\times k$ plane. It is as deep as the input, so it costs $k\cdot k\cdot C$ weights "
    r"and a bias.",
)
GAVE_USED = Misconception(
    "gave what is used",
    r"You gave what the filters cost. What is left is the budget minus that.",
)


@template(topics=["cnn/parameters", "cnn/design"], minutes=4, where=lambda q: q.filters >= 4 and q.spare > 0)
class FilterBudget:
    stem = r"""A convolutional layer with kernels of ${{ k }}\times{{ k }}$ is to be applied to {{ channels }} input
    channels. Every filter has a bias. The layer may have at most {{ budget }} parameters."""

    k: int = one_of(3, 5, 7)
    channels: int = one_of(3, 6, 8, 12, 16, 24, 32)
    budget: int = integers(2000, 60000, step=500)

    @property
    def spare(self) -> int:
        return self.budget % (self.k**2 * self.channels + 1)

    cost = part("What does one filter cost, in parameters?", lambda q: q.k**2 * q.channels + 1)
    cost.mistake(FORGOT_BIAS, lambda q: q.k**2 * q.channels)
    cost.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.k**2 + 1)
    filters = part("How many filters may the layer have at most?", lambda q: q.budget // q.cost)
    filters.mistake(
        BUDGET_WITHOUT_BIAS,
        lambda q: q.budget // (q.k**2 * q.channels),
        when=lambda q: q.budget // (q.k**2 * q.channels) > q.filters + 1,
    )
    filters.mistake(ROUNDED_BUDGET_UP, lambda q: q.filters + 1)
    filters.mistake(FORGOT_DEPTH, lambda q: q.budget // (q.k**2 + 1))
    left = part("How many parameters of the budget are then left?", lambda q: q.budget - q.filters * q.cost)
    left.mistake(GAVE_USED, lambda q: q.filters * q.cost)

    solution = r"""A filter has ${{ k }}\cdot{{ k }}\cdot{{ channels }}$ weights and a bias: {{ cost }} parameters.

    ${{ budget }}/{{ cost }} = {{ "%.2f" % (budget / cost) }}\ldots$, rounded **down**: {{ filters }} filters.

    They cost ${{ filters }}\cdot{{ cost }} = {{ filters * cost }}$, so ${{ budget }} - {{ filters * cost }} =
    {{ left }}$ parameters are left, too few for another filter."""
