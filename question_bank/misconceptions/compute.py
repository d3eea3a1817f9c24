"""Errors in counting operations and memory."""

from question_bank.misconceptions import Misconception

USED_INPUT_SIZE = Misconception(
    "used the size of the input",
    r"You multiplied by the number of **input** pixels. A filter's weights are used once for every *output* pixel, and "
    r"with a stride there are fewer of those.",
)
FORGOT_CHANNELS = Misconception(
    "forgot the input channels",
    r"You counted $k\cdot k$ products for an output value. The window goes through all input channels: it takes "
    r"$k\cdot k\cdot C$.",
)
ONE_FILTER = Misconception(
    "counted a single filter",
    r"You counted the work of one filter. Every filter runs over the whole image: multiply by their number.",
)
MAC_IS_FLOP = Misconception(
    "took a MAC for one FLOP",
    r"You counted a multiply-accumulate as one operation. It is a multiplication **and** an addition, so by the "
    r"convention of this question it is 2 FLOPs.",
)
BACKWARD_AS_FORWARD = Misconception(
    "backward as dear as forward",
    r"You let the backward pass cost as much as the forward pass. It computes **two** gradients, that of the weights "
    r"and that of the input, and each takes as many products as the forward pass.",
)
ONLY_BACKWARD = Misconception(
    "left the forward pass out",
    r"You counted the backward pass only. A training step runs forward first, and then backward.",
)
ONE_IMAGE = Misconception(
    "counted a single image",
    r"You counted one image. Everything that depends on the image happens once for each image of the batch.",
)
FULL_SIDE = Misconception(
    "used the image's side for every block",
    r"You used the side of the image in every block. Each pooling halves the side, so a block works on maps with a "
    r"quarter of the pixels of the block before.",
)
CONV_ONLY = Misconception(
    "left the fully connected layers out",
    r"You counted the convolutions only. The fully connected layers have weights, too, and each of them takes one MAC.",
)
SHARE_OF_WEIGHTS = Misconception(
    "took the share of the weights",
    r"You gave the share of the **weights**. The fully connected layers hold most of a VGG's weights, but each is used "
    r"once for an image, while a weight of a convolution is used at every output pixel.",
)
LEFT_OUT_INPUT = Misconception(
    "left the image out",
    r"You left out the image itself. It is the input of the first layer and has to be kept for its gradient.",
)
LEFT_OUT_POOLING = Misconception(
    "left the poolings out",
    r"You left out the outputs of the poolings. They have no weights, but their outputs are stored like all others.",
)
MEGA_FOR_MEBI = Misconception(
    "divided by a million",
    r"You divided by $10^6$. One MiB is $2^{20} = 1\,048\,576$ bytes; $10^6$ bytes are one MB.",
)
FOUR_BYTES_ALWAYS = Misconception(
    "took four bytes for every number",
    r"You took 4 bytes a number. That is float32; a float16 has 2 bytes and an int8 has 1.",
)
BITS_FOR_BYTES = Misconception(
    "counted bits for bytes",
    r"You counted bits. A byte has 8 of them: a float32 has 32 bits, which are 4 bytes.",
)
QUOTED_93_MB = Misconception(
    "quoted a total from lecture notes",
    r"You gave the total that widely read lecture notes print (24 million numbers, 93 MB an image). It does not match "
    r"the sum of its own rows: add them up yourself.",
)
WEIGHTS_ONLY = Misconception(
    "counted the weights only",
    r"You counted the weights only. Training also keeps a gradient for every weight, and most optimisers keep more.",
)
FORGOT_GRADIENTS = Misconception(
    "forgot the gradients",
    r"You left the gradients out. Each weight has a gradient of the same size, whatever the optimiser.",
)
FORGOT_STATE = Misconception(
    "forgot what the optimiser keeps",
    r"You counted weights and gradients. This optimiser also keeps running averages for every weight, of the same "
    r"size.",
)
ONE_STATE = Misconception(
    "one average for Adam",
    r"You counted one number for each weight. Adam keeps **two**: a running average of the gradients and one of their "
    r"squares.",
)
WEIGHTS_PER_IMAGE = Misconception(
    "stored the weights once per image",
    r"You multiplied the weights by the size of the batch. All images share the same weights, gradients and averages; "
    r"only the activations grow with the batch.",
)
FORGOT_ACTIVATION_GRADIENTS = Misconception(
    "forgot the gradients of the activations",
    r"You counted the activations once. By the convention of this question each of them has a gradient of the same "
    r"size.",
)
IGNORED_WEIGHTS = Misconception(
    "gave the whole memory to the activations",
    r"You divided the whole memory among the images. What the weights need has to be set aside first.",
)
BATCH_ROUNDED_UP = Misconception(
    "rounded the batch up",
    r"You rounded up. One image more than fits does not fit: round **down**.",
)
LINEAR = Misconception(
    "took it as proportional",
    r"You let the work grow in proportion. What is changed counts **twice** in the product $k\cdot k\cdot C\cdot "
    r"F\cdot H'\cdot W'$: a side in height and width, the channels on input and output, a kernel in both directions.",
)
UNCHANGED = Misconception(
    "took it as unchanged",
    r"You took the work as unchanged. With a larger stride there are fewer output pixels, and every one that is left "
    r"out saves its window.",
)
WEIGHTS_GROW_WITH_IMAGE = Misconception(
    "let the weights grow with the image",
    r"You let the number of weights grow with the image. A convolution uses the same weights at every position, "
    r"however many positions there are.",
)
TRANSPOSED = Misconception(
    "rows and columns swapped",
    r"Rows and columns are swapped. By the convention of this question every **column** holds one window, so that the "
    r"matrix of the filters can be multiplied from the left.",
)
INPUT_POSITIONS = Misconception(
    "one column per input pixel",
    r"You counted a column for every pixel of the input. There is one for every *window*, that is, for every output "
    r"pixel.",
)
BLOWN_UP_BY_K2 = Misconception(
    "took k² for granted",
    r"You gave $k\cdot k$. That is right where every pixel lies in $k\cdot k$ windows; at borders without padding, and "
    r"with a stride, pixels lie in fewer.",
)
DEPTHWISE_SEES_ALL = Misconception(
    "let the depthwise filters see all channels",
    r"You let each depthwise filter run through all channels. It sees **one** channel only, its own: $k\cdot k$ "
    r"products an output value.",
)
K2_ON_POINTWISE = Misconception(
    "gave the 1×1 layer a k × k kernel",
    r"You counted $k\cdot k$ products on the pointwise layer. Its kernel is $1\times1$: an output value takes one "
    r"product per channel.",
)
ONE_OVER_K2 = Misconception(
    "1/k² only",
    r"You gave $1/k^2$, which is the share of the pointwise layer alone. The depthwise layer adds $1/F$.",
)
ONE_OVER_F = Misconception(
    "1/F only",
    r"You gave the share of the depthwise layer alone, $1/F$. The pointwise layer adds $1/k^2$, mostly the larger "
    r"part.",
)
SAME_LAYER_FOR_ALL = Misconception(
    "the same layer for everything",
    r"You named the layer with most work. Weights, work and memory sit in different layers: a fully connected layer "
    r"has many weights that are used once, an early convolution few weights that are used at every pixel.",
)
MOST_CHANNELS = Misconception(
    "the layer with most channels",
    r"You named the convolution with most channels. Compare the numbers: a layer's share depends on the pixels of its "
    r"output as well.",
)
ONE_MAP = Misconception(
    "counted a single feature map",
    r"You counted the pixels of one feature map. Each filter makes a map of its own: multiply by their number.",
)
STATE_FOR_PLAIN_SGD = Misconception(
    "let plain SGD keep something",
    r"You let plain SGD keep a number for each parameter. Without momentum a step needs the gradient and nothing from "
    r"the steps before.",
)
WEIGHTS_ARE_WORK = Misconception(
    "took the weights for the work",
    r"You named the layer with most weights. What counts is how often they are used: a weight of a fully connected "
    r"layer once for an image, a weight of a convolution once for every output pixel.",
)
