"""The arithmetic of convolutional networks, exact, in plain Python. The tests prove each function against torch.

Matrices are nested sequences of numbers, rows first. "Convolution" means cross-correlation, as in torch.
Sizes are in pixels; n: input, k: kernel, s: stride, p: padding on each side.
"""
