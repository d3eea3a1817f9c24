"""Batch, layer, instance and group normalisation: over what is the mean taken?"""

from question_bank import Choices, Misconception, integers, one_of, part, template

AXES = {
    "batch normalisation": ("N: the images of the batch", "H: the rows", "W: the columns"),
    "layer normalisation": ("C: the channels", "H: the rows", "W: the columns"),
    "instance normalisation": ("H: the rows", "W: the columns"),
}
ALL = ("N: the images of the batch", "C: the channels", "H: the rows", "W: the columns")

BATCH_FOR_LAYER = Misconception(
    "took batch and layer normalisation for one another",
    r"You took batch and layer normalisation for one another. Batch normalisation treats each **channel** on its own "
    r"and puts the images of the batch together; layer normalisation treats each **image** on its own and puts its "
    r"channels together.",
)
ONE_IMAGE = Misconception(
    "left the batch out",
    r"You averaged within one image. What gives batch normalisation its name is that the mean is taken over the images "
    r"of the batch as well.",
)
ONE_CHANNEL = Misconception(
    "kept the channels apart",
    r"You averaged within one channel. Layer normalisation takes all channels of an image together; with each channel "
    r"on its own it would be instance normalisation.",
)
PIXELS_APART = Misconception(
    "kept the pixels apart",
    r"You left rows and columns out, as if each pixel had statistics of its own. On feature maps, each of these layers "
    r"averages over the pixels.",
)
CHANNELS_TOGETHER = Misconception(
    "put the channels together",
    r"You put the channels of an image together, which is layer normalisation. Instance normalisation treats every "
    r"map, that is every channel of every image, on its own.",
)
GROUPS_FOR_CHANNELS = Misconception(
    "took the number of groups for the channels of a group",
    r"You multiplied by the number of groups. A group holds $C$ divided by the number of groups channels, and the mean "
    r"is taken over these.",
)
IGNORED_GROUPS = Misconception(
    "ignored the groups",
    r"You put all channels together, which is layer normalisation. Here only the channels of one group are put "
    r"together.",
)


def swapped(q):
    """The axes of batch normalisation for layer normalisation, and the other way round."""
    other = "layer normalisation" if q.kind == "batch normalisation" else "batch normalisation"
    return AXES[other]


@template(
    topics=["cnn/normalisation"],
    difficulty=3,
    minutes=5,
    where=lambda q: q.h != q.w,
)
class WhichAxes:
    stem = r"""Feature maps of shape (N, C, H, W) = ({{ n }}, {{ groups * size }}, {{ h }}, {{ w }}) are normalised in
    training: a mean and a variance are computed, and the values are shifted and divided. Layer normalisation means the
    form that treats all of an image's maps together. Group normalisation has {{ groups }} groups."""

    n: int = one_of(2, 4, 8, 16, 32)
    groups: int = one_of(2, 4, 8)
    size: int = integers(2, 12, 2)
    h: int = integers(4, 14)
    w: int = integers(4, 14)
    kind: str = one_of("batch normalisation", "layer normalisation", "instance normalisation")

    axes = part("Over which axes does {{ kind }} take its means?", lambda q: AXES[q.kind], Choices(ALL))
    axes.mistake(BATCH_FOR_LAYER, swapped, when=lambda q: q.kind != "instance normalisation")
    axes.mistake(ONE_IMAGE, lambda q: ALL[2:], when=lambda q: q.kind == "batch normalisation")
    axes.mistake(ONE_CHANNEL, lambda q: ALL[2:], when=lambda q: q.kind == "layer normalisation")
    axes.mistake(PIXELS_APART, lambda q: AXES[q.kind][:1], when=lambda q: q.kind != "instance normalisation")
    axes.mistake(
        CHANNELS_TOGETHER, lambda q: AXES["layer normalisation"], when=lambda q: q.kind == "instance normalisation"
    )
    batch = part("How many values go into each mean of batch normalisation?", lambda q: q.n * q.h * q.w)
    batch.mistake(BATCH_FOR_LAYER, lambda q: q.groups * q.size * q.h * q.w)
    batch.mistake(ONE_IMAGE, lambda q: q.h * q.w)
    batch.mistake(PIXELS_APART, lambda q: q.n)
    layer = part("… of layer normalisation?", lambda q: q.groups * q.size * q.h * q.w)
    layer.mistake(BATCH_FOR_LAYER, lambda q: q.n * q.h * q.w)
    layer.mistake(ONE_CHANNEL, lambda q: q.h * q.w)
    group = part("… of group normalisation?", lambda q: q.size * q.h * q.w)
    group.mistake(GROUPS_FOR_CHANNELS, lambda q: q.groups * q.h * q.w)
    group.mistake(IGNORED_GROUPS, lambda q: q.groups * q.size * q.h * q.w)
    means = part("How many means does group normalisation compute for the whole batch?", lambda q: q.n * q.groups)
    means.mistake(
        Misconception(
            "shared the means among the images",
            r"You counted one mean for each group. Group normalisation treats every image on its own, so each image "
            r"has these means of its own.",
        ),
        lambda q: q.groups,
    )
    means.mistake(
        Misconception(
            "one mean for each channel",
            r"You counted a mean for every channel of every image, as in instance normalisation. The channels of a "
            r"group share theirs.",
        ),
        lambda q: q.n * q.groups * q.size,
    )

    solution = r"""{% set channels = groups * size -%}
    A mean is taken over what is put together, and there is one for each of the rest:

    | layer | over | values | one for each |
    |---|---|---|---|
    | batch | N, H, W | ${{ n }}\cdot{{ h }}\cdot{{ w }} = {{ batch }}$ | channel |
    | layer | C, H, W | ${{ channels }}\cdot{{ h }}\cdot{{ w }} = {{ layer }}$ | image |
    | instance | H, W | ${{ h }}\cdot{{ w }} = {{ h * w }}$ | image and channel |
    | group | channels of the group, H, W | ${{ size }}\cdot{{ h }}\cdot{{ w }} = {{ group }}$ | image and group |

    So {{ kind }} averages over {{ axes | join("; ") }}. A group has ${{ channels }}/{{ groups }} = {{ size }}$
    channels, and with {{ n }} images of {{ groups }} groups each, group normalisation computes
    ${{ n }}\cdot{{ groups }} = {{ means }}$ means."""
