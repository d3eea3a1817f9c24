"""What training keeps for every weight: gradients, and the averages of the optimiser."""

from question_bank import Quantity, integers, one_of, part, template
from question_bank.misconceptions.compute import (
    BITS_FOR_BYTES,
    FORGOT_GRADIENTS,
    FORGOT_STATE,
    ONE_STATE,
    STATE_FOR_PLAIN_SGD,
    WEIGHTS_ONLY,
)

# Numbers that the optimiser keeps for each weight, apart from the weight and its gradient.
STATES = {"plain SGD": 0, "SGD with momentum": 1, "RMSprop": 1, "Adagrad": 1, "Adam": 2, "AdamW": 2}
KEEPS = {
    "plain SGD": "nothing besides",
    "SGD with momentum": "a velocity",
    "RMSprop": "a running average of the squared gradients",
    "Adagrad": "the sum of the squared gradients",
    "Adam": "two running averages, of the gradients and of their squares",
    "AdamW": "two running averages, of the gradients and of their squares",
}


@template(topics=["cnn/compute", "cnn/training"], difficulty=1, minutes=3)
class OptimiserMemory:
    stem = r"""A network with {{ millions }} million parameters is trained with **{{ optimiser }}**, as PyTorch has it
    by default{{ " (not centred, no momentum)" if optimiser == "RMSprop" }}{{ " (momentum 0.9)" if "momentum" in
    optimiser }}. Everything is float32, 4 bytes a number. Activations are left out of account. 1 MB is $10^6$ bytes."""

    millions: int = integers(5, 150)
    optimiser: str = one_of("plain SGD", "SGD with momentum", "RMSprop", "Adagrad", "Adam", "AdamW")

    weights = part("Memory of the parameters alone", lambda q: 4.0 * q.millions, Quantity("MB"))
    weights.mistake(BITS_FOR_BYTES, lambda q: 32.0 * q.millions)
    state = part(
        "Memory of what the optimiser keeps from step to step, without parameters and gradients",
        lambda q: STATES[q.optimiser] * q.weights,
        Quantity("MB"),
    )
    state.mistake(STATE_FOR_PLAIN_SGD, lambda q: q.weights, when=lambda q: STATES[q.optimiser] == 0)
    state.mistake(ONE_STATE, lambda q: q.weights, when=lambda q: STATES[q.optimiser] == 2)
    state.mistake(FORGOT_STATE, lambda q: 0.0, when=lambda q: STATES[q.optimiser] > 0)
    training = part(
        "Memory of parameters, gradients and what the optimiser keeps, together",
        lambda q: 2 * q.weights + q.state,
        Quantity("MB"),
    )
    training.mistake(WEIGHTS_ONLY, lambda q: q.weights)
    training.mistake(FORGOT_GRADIENTS, lambda q: q.weights + q.state, when=lambda q: STATES[q.optimiser] > 0)
    training.mistake(FORGOT_STATE, lambda q: 2 * q.weights, when=lambda q: STATES[q.optimiser] > 1)

    def keeps(q):
        """What this optimiser keeps, in words."""
        return KEEPS[q.optimiser]

    solution = r"""{% set copies = (state / weights) | int -%}
    - Parameters: ${{ millions }}\cdot10^6\cdot4$ bytes, that is {{ weights | latex }} MB.
    - Gradients: one for each parameter, {{ weights | latex }} MB again.
    - For each parameter {{ optimiser }} keeps {{ keeps() }}: {{ state | latex }} MB.

    Together $(1 + 1 + {{ copies }})\cdot{{ weights | latex }} = {{ training | latex }}$ MB."""
