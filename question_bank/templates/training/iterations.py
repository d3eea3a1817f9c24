"""Batches, epochs and steps, with and without the last incomplete batch."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.maths.training import iterations

KEPT_LAST = Misconception(
    "counted the incomplete batch",
    r"You rounded up. With `drop_last=True` the images that do not fill a batch are left out of the epoch: round down.",
)
DROPPED_LAST = Misconception(
    "dropped the incomplete batch",
    r"You rounded down. With `drop_last=False` the images that are left over make a last, smaller batch: round up.",
)
ROUNDED_AT_THE_END = Misconception(
    "rounded at the end",
    r"You divided all the images of all epochs by the batch size. Batches do not run on from one epoch into the next: "
    r"every epoch is rounded on its own.",
)
COUNTED_EPOCHS = Misconception(
    "one step per epoch",
    r"You counted a step for each epoch. The weights are updated after every batch.",
)
FULL_LAST = Misconception(
    "took the last batch for full",
    r"You gave the batch size. The last batch holds what is left over.",
)


def last_batch(q):
    """Images in the last batch that is used."""
    return q.batch if q.drop_last else q.images % q.batch


@template(topics=["cnn/training"], difficulty=1, minutes=3, where=lambda q: q.images % q.batch != 0)
class Iterations:
    stem = r"""A network is trained on {{ images }} images with a batch size of {{ batch }} for {{ epochs }} epochs. The
    data loader has `drop_last={{ drop_last }}`: a last batch that is not full is
    {{- " left out" if drop_last else " used all the same" }}. The weights are updated once after each batch."""

    images: int = integers(5_000, 60_000, 500)
    batch: int = one_of(16, 32, 64, 128, 256, 512)
    epochs: int = integers(10, 90, 10)
    drop_last: bool = one_of(True, False)

    per_epoch = part("Batches in one epoch", lambda q: iterations(q.images, q.batch, q.drop_last))
    per_epoch.mistake(KEPT_LAST, lambda q: iterations(q.images, q.batch), when=lambda q: q.drop_last)
    per_epoch.mistake(DROPPED_LAST, lambda q: iterations(q.images, q.batch, True), when=lambda q: not q.drop_last)
    steps = part("Updates of the weights in the whole training", lambda q: q.epochs * q.per_epoch)
    steps.mistake(COUNTED_EPOCHS, lambda q: q.epochs)
    steps.mistake(ROUNDED_AT_THE_END, lambda q: iterations(q.epochs * q.images, q.batch, q.drop_last))
    last = part("Images in the last batch that is used in an epoch", last_batch)
    last.mistake(FULL_LAST, lambda q: q.batch, when=lambda q: not q.drop_last)
    last.mistake(
        Misconception(
            "gave what is dropped",
            r"You gave the number of images that are left over. They are dropped, so the last batch that is used is a "
            r"full one.",
        ),
        lambda q: q.images % q.batch,
        when=lambda q: q.drop_last,
    )

    solution = r"""{{ images }} images hold {{ images // batch }} full batches of {{ batch }}, and
    {{ images % batch }} image{{ "s are" if images % batch > 1 else " is" }} left over.
    {% if drop_last %}They are dropped, so an epoch has {{ per_epoch }} batches
    {%- else %}They make one more batch, so an epoch has {{ per_epoch }} batches{% endif %}. In {{ epochs }} epochs that
    makes ${{ epochs }}\cdot{{ per_epoch }} = {{ steps }}$ updates. The last batch of an epoch holds {{ last }}
    image{{ "s" if last != 1 }}."""
