"""Kernels of image processing, as they are laid on an image: cross-correlated, not flipped. Source: Szeliski, ch. 3."""

from __future__ import annotations

from fractions import Fraction

IDENTITY = ((0, 0, 0), (0, 1, 0), (0, 0, 0))
SOBEL_X = ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
SOBEL_Y = ((-1, -2, -1), (0, 0, 0), (1, 2, 1))
PREWITT_X = ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))
PREWITT_Y = ((-1, -1, -1), (0, 0, 0), (1, 1, 1))
LAPLACIAN = ((0, 1, 0), (1, -4, 1), (0, 1, 0))
EDGES = ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1))
SHARPEN = ((0, -1, 0), (-1, 5, -1), (0, -1, 0))
EMBOSS = ((-2, -1, 0), (-1, 1, 1), (0, 1, 2))
BOX = ((Fraction(1, 9),) * 3,) * 3
GAUSSIAN = tuple(tuple(Fraction(a * b, 16) for b in (1, 2, 1)) for a in (1, 2, 1))
