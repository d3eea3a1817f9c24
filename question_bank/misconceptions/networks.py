"""Errors in networks built in PyTorch."""

from question_bank.misconceptions import Misconception

FORGOT_ACTIVATION = Misconception(
    "no activation between the fully connected layers",
    "Your fully connected layers follow one another without an activation. Two linear layers in a row are one linear "
    "layer: put the activation after each of them but the last.",
)
ACTIVATED_LOGITS = Misconception(
    "an activation after the last layer",
    "You put a ReLU after the last layer. Logits may be negative: the last layer has no activation.",
)
AVERAGE_POOLING = Misconception(
    "average pooling instead of max pooling",
    "You used average pooling. This variant keeps the **largest** value of each window; both have no parameters, so "
    "that only the outputs tell.",
)
ONE_ACTIVATION_PER_BLOCK = Misconception(
    "one activation for each block",
    "You put an activation at the end of each block only. Convolutions in a row without one between them are together "
    "a single linear map: put a ReLU after **every** convolution.",
)
LRN_LEFT_OUT = Misconception(
    "left the local response normalisation out",
    "You left the local response normalisation out. It has no parameters, so the counts do not tell, but the outputs "
    "do.",
)
NOT_AVERAGED = Misconception(
    "flattened the last map as it is",
    "You flattened the last map as it is. It is first averaged to a fixed size (`nn.AdaptiveAvgPool2d`), so that the "
    "fully connected layers have as many weights whatever the size of the images.",
)
ACTIVATED_CODE = Misconception(
    "an activation on the code",
    "You put a ReLU on the code. It may be negative: the layer that makes it has no activation.",
)
LINEAR_ENCODER = Misconception(
    "no activation between the convolutions",
    "Your convolutions follow one another without an activation. Put a ReLU after each of them.",
)
NO_SIGMOID = Misconception(
    "no sigmoid at the end",
    "You left the sigmoid at the end out. Pixels lie between 0 and 1, and the sigmoid keeps the reconstruction there.",
)
RELU_BEFORE_SIGMOID = Misconception(
    "a ReLU before the sigmoid",
    "You put a ReLU before the sigmoid. Then no pixel can be darker than 0.5: the last layer has the sigmoid alone.",
)
NO_ACTIVATION_AFTER_CODE = Misconception(
    "no activation after the first layer of the decoder",
    "You left out the ReLU after the fully connected layer of the decoder. Without it, that layer and the next one are "
    "together a single linear map.",
)
OTHER_INTERPOLATION = Misconception(
    "another interpolation",
    "You used another kind of upsampling. `nearest` repeats pixels, `bilinear` blends neighbours; both have no "
    "parameters, so that only the outputs tell.",
)
NO_SHORTCUT = Misconception(
    "no shortcut",
    "You left the shortcut out: your block gives what its convolutions give. A residual block **adds** its input to "
    "that.",
)
ACTIVATED_BEFORE_ADDING = Misconception(
    "the last ReLU before the addition",
    "You put the last ReLU before the addition. It comes after: first add the shortcut, then apply ReLU to the sum.",
)
NO_ACTIVATION_AFTER_ADDING = Misconception(
    "no ReLU after the addition",
    "You left out the ReLU after the addition. It is applied to the sum of shortcut and convolutions.",
)
STRIDE_ELSEWHERE = Misconception(
    "the stride in another convolution",
    "You gave the stride to another convolution of the block. The shapes come out the same, but not the values.",
)
NEVER_HALVED = Misconception(
    "the maps keep their size",
    "Your maps keep their size through all stages. The first block of the second and of the third stage has stride 2.",
)
GLOBAL_MAXIMUM = Misconception(
    "the maximum of each map instead of its average",
    "You took the largest value of each map at the end. It is the **average** of each map that is classified.",
)
