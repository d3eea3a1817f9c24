"""Errors about LeNet, AlexNet, VGG, Inception, ResNet and MobileNet."""

from question_bank.misconceptions import Misconception

COUNTED_POOLINGS = Misconception(
    "counted the poolings",
    r"You counted the poolings as well. A *weight layer* is one that learns weights: the convolutions and the fully "
    r"connected layers.",
)
CONVOLUTIONS_ONLY = Misconception(
    "counted the convolutions only",
    r"You counted the convolutions only. The three fully connected layers at the end have weights, too: add them.",
)
C_AS_D = Misconception(
    "took configuration C for D",
    r"You counted $3\times3$ kernels throughout. Configuration C has as many layers as D, but the third convolution of "
    r"its blocks 3, 4 and 5 is $1\times1$ and has a ninth of the weights.",
)
LRN_HAS_WEIGHTS = Misconception(
    "gave the normalisation weights",
    r"You counted weights for the local response normalisation. It computes with fixed constants and learns nothing, "
    r"so A-LRN has exactly as many parameters as A.",
)
THOUSANDS_FOR_MILLIONS = Misconception(
    "thousands for millions",
    r"You gave the number in thousands. VGG networks have well over a hundred **million** parameters (for 1000 classes "
    r"and the usual images); some texts print thousand by mistake.",
)
FLAT_WITHOUT_CHANNELS = Misconception(
    "flattened one channel only",
    r"You counted the pixels of one feature map. Flattening lines up **all** channels: height × width × channels.",
)
FLAT_BEFORE_POOLING = Misconception(
    "flattened before the last pooling",
    r"You took the size before the last pooling. It halves height and width once more before the volume is flattened.",
)
PADDED_LENET = Misconception(
    "padded the convolution",
    r"You kept the side of the image. This convolution has no padding: a $5\times5$ kernel takes 4 pixels off the "
    r"side.",
)
ONE_BANK_ONLY = Misconception(
    "counted one bank only",
    r"You counted the filters of one bank. The other bank has as many, with weights of their own: add both up.",
)
SAW_BOTH_BANKS = Misconception(
    "let the filters see both banks",
    r"You let every filter see all input channels. In this layer a filter sees the channels on its own GPU only, half "
    r"of them.",
)
SPLIT_CONV3 = Misconception(
    "split conv3 as well",
    r"You split conv3, too. It is the one later convolution that sees the feature maps of **both** GPUs.",
)
CONCATENATED = Misconception(
    "put the channels side by side",
    r"You put the channels of block and shortcut side by side. A residual block **adds** the two, entry by entry, so "
    r"the number of channels stays.",
)
ALL_THREE_BY_THREE = Misconception(
    "3 × 3 throughout",
    r"You gave every convolution of the bottleneck a $3\times3$ kernel. Only the middle one has it; the first and the "
    r"last are $1\times1$.",
)
BOTTLENECK_WITHOUT_WIDTHS = Misconception(
    "kept the narrow width throughout",
    r"You kept the narrow number of channels in all three layers. The block starts from the wide one, narrows it with "
    r"the first $1\times1$ and widens it again with the last.",
)
SHORTCUT_3X3 = Misconception(
    "a 3 × 3 shortcut",
    r"You gave the projection a $3\times3$ kernel. It only has to change the number of channels (and to skip pixels), "
    r"and $1\times1$ does that.",
)
FREE_SHORTCUT = Misconception(
    "a shortcut without weights",
    r"You took the shortcut as the identity. Here input and output differ in size, so a convolution has to match them, "
    r"and that has weights.",
)
ADDED_REDUCTIONS = Misconception(
    "counted the reductions as outputs",
    r"You added the channels of the $1\times1$ reductions. They are inside their branches: only the **last** layer of "
    r"each branch reaches the output.",
)
ADDED_MAPS = Misconception(
    "added the branches up",
    r"You took the widest branch, as if the branches were added. An Inception block puts their channels **side by "
    r"side**.",
)
NO_REDUCTION = Misconception(
    "left the reduction out",
    r"You let the large kernel see the block's whole input. The $1\times1$ reduction comes first, and the large kernel "
    r"sees only its few channels.",
)
FORGOT_REDUCTION_WEIGHTS = Misconception(
    "forgot the weights of the reduction",
    r"You counted the large kernel only. The $1\times1$ reduction before it has weights and biases as well.",
)
FORGOT_POOL_PROJECTION = Misconception(
    "forgot the projection after the pooling",
    r"You left the fourth branch out. Its pooling has no weights, but the $1\times1$ convolution behind it has.",
)
ALPHA_ONCE = Misconception(
    "thinned once",
    r"You multiplied the parameters by $\alpha$. The width multiplier thins input **and** output channels, so a "
    r"pointwise layer shrinks by $\alpha^2$; only the depthwise layer shrinks by $\alpha$.",
)
ALPHA_TWICE = Misconception(
    "thinned everything twice",
    r"You multiplied everything by $\alpha^2$. That holds for the pointwise layer; the depthwise layer has one filter "
    r"for each channel and shrinks by $\alpha$ only.",
)
THINNED_OUTPUT_ONLY = Misconception(
    "thinned the output only",
    r"You thinned the output channels only. The layer before is thinned as well, so there are fewer input channels, "
    r"too.",
)
FIRST_DENSE_ALWAYS = Misconception(
    "the first fully connected layer anyway",
    r"You named the first fully connected layer. It holds most weights in the network of the paper, for images of "
    r"$224\times224$; with smaller images it sees fewer inputs and shrinks. Compare the numbers.",
)
CONVOLUTIONS_HOLD_MOST = Misconception(
    "looked for the weights where the work is",
    r"You named the convolutions. They do most of the work, because their weights are used at every pixel, but they "
    r"are small: count weights, not uses.",
)
SIZE_BEFORE_BLOCK = Misconception(
    "one pooling too many or too few",
    r"You were one pooling off. Block $b$ has $b - 1$ poolings before it, and one more after its last convolution.",
)
OUTPUT_CHANNELS_TWICE = Misconception(
    "the block's own channels as input",
    r"You took the filters of this block as its input channels. The first convolution of a block sees the channels of "
    r"the block **before**.",
)
ADDED_FOR_JOINED = Misconception(
    "adding and joining mixed up",
    r"You mixed ResNet and DenseNet up. ResNet **adds** a block's input to its output; DenseNet **joins** the channels "
    r"of all layers before, side by side.",
)
ONE_BY_ONE_MIXED_UP = Misconception(
    "Network in Network and GoogLeNet mixed up",
    r"You mixed Network in Network and GoogLeNet up. The $1\times1$ convolution comes from the former; the latter uses "
    r"it within its branches of several kernel sizes.",
)
SMALL_NETS_MIXED_UP = Misconception(
    "MobileNet and SqueezeNet mixed up",
    r"You mixed MobileNet and SqueezeNet up. Both are small: MobileNet by depthwise separable convolutions, SqueezeNet "
    r"by squeezing channels with $1\times1$ filters before it expands them again.",
)
BLAMED_WHERE_IT_RAISES = Misconception(
    "blamed the line that raises the error",
    r"You named the line where PyTorch stops. The error shows where sizes first clash; the cause may lie before it, "
    r"where a size went wrong without a complaint. Follow the shapes from the input on.",
)
ONE_POOLING_ONLY = Misconception(
    "counted one pooling only",
    r"You halved height and width once. The forward pass applies the pooling **twice**.",
)
WRONG_IS_NOT_LOUD = Misconception(
    "expected the error at the wrong line",
    r"You named the call of the wrong line. A convolution without padding works on maps of any size and raises "
    r"nothing; the error comes where a **fixed** number of inputs is expected.",
)
COUNTED_DENSE = Misconception(
    "counted the fully connected layers",
    r"You counted all layers with weights. Three of them are fully connected and are no convolutions.",
)
