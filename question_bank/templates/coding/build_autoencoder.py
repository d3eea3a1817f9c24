"""Build a convolutional auto-encoder in PyTorch: encoder, code and decoder, each proven."""

from torch import nn

from question_bank import array, model, one_of, template
from question_bank.misconceptions.networks import (
    ACTIVATED_CODE,
    AVERAGE_POOLING,
    LINEAR_ENCODER,
    NO_ACTIVATION_AFTER_CODE,
    NO_SIGMOID,
    OTHER_INTERPOLATION,
    RELU_BEFORE_SIGMOID,
)

POOL, STRIDE = "pooling", "stride"
TRANSPOSED = {"transposed 2×2": (2, 0), "transposed 4×4": (4, 1)}  # kernel and padding
OTHER = {"nearest": "bilinear", "bilinear": "nearest"}


def down(q, latent, channels, side, between=nn.ReLU, pool=nn.MaxPool2d, last=nn.Identity):
    """The layers of the encoder; the defaults are what is asked for."""
    layers = []
    for width in q.widths:
        layers += [nn.Conv2d(channels, width, 3, 2 if q.down == STRIDE else 1, 1), between()]
        layers += [pool(2)] if q.down == POOL else []
        channels, side = width, side // 2
    return [*layers, nn.Flatten(), nn.Linear(channels * side * side, latent), last()]


def up(q, latent, channels, side, after=nn.ReLU, how=None, last=(nn.Sigmoid,)):
    """The layers of the decoder; the defaults are what is asked for."""
    how, side = how or q.up, side // 2 ** len(q.widths)
    outputs = [*q.widths[-2::-1], channels]
    width = q.widths[-1]
    layers = [nn.Linear(latent, width * side * side), after(), nn.Unflatten(1, (width, side, side))]
    for number, filters in enumerate(outputs, start=1):
        if how in TRANSPOSED:
            k, padding = TRANSPOSED[how]
            layers.append(nn.ConvTranspose2d(width, filters, k, 2, padding))
        else:
            layers += [nn.Upsample(scale_factor=2, mode=how), nn.Conv2d(width, filters, 3, padding=1)]
        layers += [made() for made in last] if number == len(outputs) else [nn.ReLU()]
        width = filters
    return layers


def encoder_of(q, *given, **other):
    return nn.Sequential(*down(q, *given, **other))


def decoder_of(q, *given, **other):
    return nn.Sequential(*up(q, *given, **other))


def both(q, *given, encoding=None, decoding=None):
    return nn.Sequential(*down(q, *given, **encoding or {}), *up(q, *given, **decoding or {}))


def pictures(n, channels, side):
    return array(n, channels, side, side, low=0, high=1, whole=False)


@template(topics=["cnn/code", "cnn/architectures"], difficulty=4, minutes=30)
class BuildAutoencoder:
    stem = r"""Write a convolutional auto-encoder as three functions of the same arguments, each of which returns an
    `nn.Module`. The images have `side` $\times$ `side` pixels between 0 and 1 and `channels` channels; the code of an
    image is a vector of `latent` numbers. `side` is a multiple of {{ factor() }}.

    **`encoder(latent, channels, side)`**: images (N, channels, side, side) → codes (N, latent)

    {% for width in widths -%}
    1. convolution $3\times3$, {{ width }} filters, padding 1, {% if down == "stride" %}stride 2, ReLU{% else %}stride
       1, ReLU, then max pooling $2\times2$ with stride 2{% endif %}
    {% endfor -%}
    1. flatten (channels first, as PyTorch does), then a fully connected layer with `latent` outputs and no activation

    **`decoder(latent, channels, side)`**: codes (N, latent) → images (N, channels, side, side)

    1. a fully connected layer and ReLU, reshaped to the size of the encoder's last map:
       {{ widths[-1] }} channels of `side`/{{ factor() }} $\times$ `side`/{{ factor() }}
    {% for name in outputs() -%}
    1. {% if kernel() %}transposed convolution ${{ kernel()[0] }}\times{{ kernel()[0] }}$ with stride 2{% if
       kernel()[1] %} and padding {{ kernel()[1] }}{% endif %}, {{ name }} filters{% else %}upsampling by 2
       (`nn.Upsample`, mode `{{ up }}`), then convolution $3\times3$ with padding 1, {{ name }} filters{% endif
       %}, {{ "sigmoid" if loop.last else "ReLU" }}
    {% endfor %}
    **`autoencoder(latent, channels, side)`**: the encoder followed by the decoder, images → images

    All layers have biases. Make the layers in this order, and give each its sizes where you make it (no lazy layers).
    The same parameters are put into your network and into one of ours: both must give the same outputs. Of large
    networks the shapes of the parameters are compared."""

    widths: tuple[int, ...] = one_of((8, 16), (12, 24), (8, 12, 16))
    down: str = one_of(STRIDE, POOL)
    up: str = one_of(*TRANSPOSED, *OTHER)

    @model(points={"small images": 1.5, "large images": 0.5})
    def encoder(q, latent: int, channels: int, side: int) -> nn.Module:
        """Images (N, channels, side, side) to codes (N, latent)."""
        return encoder_of(q, latent, channels, side)

    @model(points={"small images": 1.5, "large images": 0.5})
    def decoder(q, latent: int, channels: int, side: int) -> nn.Module:
        """Codes (N, latent) to images (N, channels, side, side), between 0 and 1."""
        return decoder_of(q, latent, channels, side)

    @model(points={"small images": 1.5, "large images": 0.5})
    def autoencoder(q, latent: int, channels: int, side: int) -> nn.Module:
        """The encoder followed by the decoder: images (N, channels, side, side) to images of the same size."""
        return both(q, latent, channels, side)

    encoder.visible("grey-scale images", "small images", latent=8, channels=1, side=16, images=pictures(2, 1, 16))
    encoder.hidden("a batch in colour", "small images", latent=6, channels=3, side=24, images=pictures(3, 3, 24))
    encoder.hidden("a code of one number", "small images", latent=1, channels=2, side=8, images=pictures(4, 2, 8))
    encoder.hidden("large images, its sizes", "large images", latent=512, channels=3, side=256, images=None)
    decoder.visible("grey-scale images", "small images", latent=8, channels=1, side=16, images=(2, 8))
    decoder.hidden("a batch in colour", "small images", latent=6, channels=3, side=24, images=(3, 6))
    decoder.hidden("a code of one number", "small images", latent=1, channels=2, side=8, images=(4, 1))
    decoder.hidden("large images, its sizes", "large images", latent=512, channels=3, side=256, images=None)
    autoencoder.visible("grey-scale images", "small images", latent=8, channels=1, side=16, images=pictures(2, 1, 16))
    autoencoder.hidden("a batch in colour", "small images", latent=6, channels=3, side=24, images=pictures(3, 3, 24))
    autoencoder.hidden("a code of one number", "small images", latent=1, channels=2, side=8, images=pictures(4, 2, 8))
    autoencoder.hidden("large images, its sizes", "large images", latent=512, channels=3, side=256, images=None)

    encoder.mistake(ACTIVATED_CODE, lambda q, *given: encoder_of(q, *given, last=nn.ReLU))
    encoder.mistake(LINEAR_ENCODER, lambda q, *given: encoder_of(q, *given, between=nn.Identity))
    encoder.mistake(
        AVERAGE_POOLING, lambda q, *given: encoder_of(q, *given, pool=nn.AvgPool2d), when=lambda q: q.down == POOL
    )
    decoder.mistake(NO_SIGMOID, lambda q, *given: decoder_of(q, *given, last=()))
    decoder.mistake(RELU_BEFORE_SIGMOID, lambda q, *given: decoder_of(q, *given, last=(nn.ReLU, nn.Sigmoid)))
    decoder.mistake(NO_ACTIVATION_AFTER_CODE, lambda q, *given: decoder_of(q, *given, after=nn.Identity))
    decoder.mistake(
        OTHER_INTERPOLATION, lambda q, *given: decoder_of(q, *given, how=OTHER[q.up]), when=lambda q: q.up in OTHER
    )
    autoencoder.mistake(ACTIVATED_CODE, lambda q, *given: both(q, *given, encoding={"last": nn.ReLU}))
    autoencoder.mistake(NO_SIGMOID, lambda q, *given: both(q, *given, decoding={"last": ()}))
    autoencoder.mistake(
        OTHER_INTERPOLATION,
        lambda q, *given: both(q, *given, decoding={"how": OTHER[q.up]}),
        when=lambda q: q.up in OTHER,
    )

    def factor(q):
        """By how much the encoder shrinks the side."""
        return 2 ** len(q.widths)

    def outputs(q):
        """Filters of each stage of the decoder."""
        return [*q.widths[-2::-1], "`channels`"]

    def kernel(q):
        """Kernel and padding of the transposed convolutions, or nothing."""
        return TRANSPOSED.get(q.up)

    solution = """
    WIDTHS = {{ widths }}


    def encoder(latent, channels, side):
        layers = []
        for filters in WIDTHS:
            layers.append(torch.nn.Conv2d(channels, filters, 3, stride={{ 2 if down == "stride" else 1 }}, padding=1))
            layers.append(torch.nn.ReLU())
            {%- if down != "stride" %}
            layers.append(torch.nn.MaxPool2d(2))
            {%- endif %}
            channels, side = filters, side // 2
        return torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Linear(channels * side**2, latent))


    def decoder(latent, channels, side):
        side //= 2 ** len(WIDTHS)
        inputs = WIDTHS[-1]
        layers = [
            torch.nn.Linear(latent, inputs * side**2),
            torch.nn.ReLU(),
            torch.nn.Unflatten(1, (inputs, side, side)),
        ]
        for filters in (*WIDTHS[-2::-1], channels):
            {%- if kernel() %}
            layers.append(torch.nn.ConvTranspose2d(inputs, filters, {{ kernel()[0] }}, stride=2, padding={{
            kernel()[1] }}))
            {%- else %}
            layers.append(torch.nn.Upsample(scale_factor=2, mode="{{ up }}"))
            layers.append(torch.nn.Conv2d(inputs, filters, 3, padding=1))
            {%- endif %}
            layers.append(torch.nn.ReLU())
            inputs = filters
        layers[-1] = torch.nn.Sigmoid()
        return torch.nn.Sequential(*layers)


    def autoencoder(latent, channels, side):
        return torch.nn.Sequential(encoder(latent, channels, side), decoder(latent, channels, side))
    """
