"""Memory of weights, gradients and activations together, and the largest batch that fits."""

from question_bank import Quantity, integers, one_of, part, template
from question_bank.misconceptions.compute import (
    BATCH_ROUNDED_UP,
    FORGOT_ACTIVATION_GRADIENTS,
    FORGOT_GRADIENTS,
    FORGOT_STATE,
    IGNORED_WEIGHTS,
    WEIGHTS_PER_IMAGE,
)

STATES = {"plain SGD": 0, "SGD with momentum": 1, "Adam": 2}


@template(
    topics=["cnn/compute", "cnn/training"],
    difficulty=3,
    minutes=6,
    where=lambda q: q.room() > 0 and q.room() % q.image(),
)
class MemoryTogether:
    stem = r"""A network has {{ weights }} million parameters, and the outputs of its layers hold {{ values }} million
    numbers for one image. It is trained with {{ optimiser }}
    {%- if optimiser == "SGD with momentum" %} (one velocity for each parameter)
    {%- elif optimiser == "Adam" %} (two running averages for each parameter)
    {%- else %} (which keeps nothing besides the gradients){% endif %}. Everything is float32, 4 bytes a number. During
    a step all of this is in memory at the same time: parameters, their gradients, what the optimiser keeps, and, for
    every image of the batch, the outputs of the layers and a gradient for each of them. 1 MB is $10^6$ bytes, 1 GB is
    $10^9$ bytes."""

    weights: int = integers(4, 140, step=2)
    values: int = integers(3, 20)
    optimiser: str = one_of("plain SGD", "SGD with momentum", "Adam")
    batch: int = one_of(8, 16, 32)
    memory: int = one_of(6, 8, 12, 16)

    fixed = part(
        "Memory that does not depend on the batch: parameters, their gradients, what the optimiser keeps",
        lambda q: q.copies() * 4.0 * q.weights,
        Quantity("MB"),
    )
    fixed.mistake(FORGOT_GRADIENTS, lambda q: (q.copies() - 1) * 4.0 * q.weights)
    fixed.mistake(FORGOT_STATE, lambda q: 8.0 * q.weights, when=lambda q: q.copies() > 3)
    step = part(
        "Memory of a step with a batch of {{ batch }} images, in all",
        lambda q: q.fixed + 8.0 * q.values * q.batch,
        Quantity("MB"),
    )
    step.mistake(FORGOT_ACTIVATION_GRADIENTS, lambda q: q.fixed + 4.0 * q.values * q.batch)
    step.mistake(WEIGHTS_PER_IMAGE, lambda q: (q.fixed + 8.0 * q.values) * q.batch)
    largest = part(
        "The largest batch with which a step fits into {{ memory }} GB",
        lambda q: int((1000 * q.memory - q.fixed) // (8 * q.values)),
    )
    largest.mistake(BATCH_ROUNDED_UP, lambda q: q.largest + 1)
    largest.mistake(IGNORED_WEIGHTS, lambda q: 1000 * q.memory // (8 * q.values))

    def copies(q):
        """Numbers that are kept for each parameter."""
        return 2 + STATES[q.optimiser]

    def image(q):
        """MB of an image's activations with their gradients."""
        return 8 * q.values

    def room(q):
        """MB that are left for the batch."""
        return 1000 * q.memory - 4 * q.copies() * q.weights

    solution = r"""- For each parameter {{ copies() }} numbers are kept:
      ${{ copies() }}\cdot4\cdot{{ weights }} = {{ fixed | latex }}$ MB.
    - Each image needs the outputs and their gradients, $2\cdot4\cdot{{ values }} = {{ image() }}$ MB. A batch of
      {{ batch }} makes ${{ fixed | latex }} + {{ batch }}\cdot{{ image() }} = {{ step | latex }}$ MB.
    - Of {{ 1000 * memory }} MB the parameters leave {{ room() }} MB for images:
      $\lfloor{{ room() }}/{{ image() }}\rfloor = {{ largest }}$ images."""
