"""Data to train on: scikit-learn's digits, which ship with it, generated shapes, and files that an instructor has.

Images are float32 (N, C, H, W) from 0 to 1, labels int64 (N,). A split is drawn by hashing from a seed.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from question_bank.errors import TemplateError

Array = np.ndarray[Any, Any]
FOLDER = "FIELDMARK_DATA"  # the environment's variable with the folder of an instructor's own files


@dataclass(frozen=True)
class Dataset:
    """Images and labels to train on; further images, and their labels, which the student's code never sees."""

    images: Array
    labels: Array
    tests: Array
    answers: Array


def generator(seed: str) -> np.random.Generator:
    """Random numbers that depend on the seed alone."""
    return np.random.Generator(np.random.Philox(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:16])))


def split(images: Array, labels: Array, seed: str, train: int, tests: int) -> Dataset:
    """So many images to train on, and others to test with. Raises TemplateError where there are too few."""
    if train + tests > len(images):
        raise TemplateError(f"expected at least {train + tests} images, found {len(images)}")
    order = generator(seed).permutation(len(images))[: train + tests]
    first, last = order[:train], order[train:]
    return Dataset(images[first], labels[first], images[last], labels[last])


def digits(seed: str, train: int = 1200, tests: int = 500) -> Dataset:
    """Handwritten digits of 8×8 pixels, ten classes: 1797 of them in all. Source: scikit-learn, `load_digits`."""
    from sklearn.datasets import load_digits

    found = load_digits()
    images = (found.images / 16).astype(np.float32)[:, None]
    return split(images, found.target.astype(np.int64), seed, train, tests)


def shapes(seed: str, train: int = 800, tests: int = 400, side: int = 16) -> Dataset:
    """Noisy images of a filled square, a disc, a cross or a diagonal bar: four classes, side × side pixels."""
    pick = generator(seed)
    count = train + tests
    labels = pick.integers(0, 4, count)
    rows, columns = np.mgrid[:side, :side]
    images = np.empty((count, 1, side, side), np.float32)
    for number, label in enumerate(labels):
        size = pick.integers(3, side // 3 + 1)
        i, j = pick.integers(size, side - size, 2)
        down, right = rows - i, columns - j
        near = np.maximum(abs(down), abs(right)) <= size
        drawn = (near, down**2 + right**2 <= size**2, near & (down * right == 0), near & (abs(down - right) <= 1))[
            label
        ]
        images[number, 0] = np.clip(0.7 * drawn + pick.normal(0.15, 0.1, (side, side)), 0, 1)
    return split(images, labels.astype(np.int64), seed, train, tests)


def own_file(name: str, seed: str, train: int, tests: int) -> Dataset:
    """An instructor's own `<name>.npz` (mnist.npz, cifar10.npz) in the folder that FIELDMARK_DATA names.

    It holds `images`, uint8 or float, (N, H, W) or (N, C, H, W), and `labels` (N,). Raises TemplateError.
    """
    folder = os.environ.get(FOLDER, "")
    file = Path(folder) / f"{name}.npz"
    if not folder or not file.is_file():
        raise TemplateError(f"{file}: no such file; {FOLDER} names the folder with data of your own")
    images, labels = _read(file)
    if images.ndim not in (3, 4) or labels.shape != images.shape[:1]:
        found = f"{images.shape} and {labels.shape}"
        raise TemplateError(f"{file}: expected images (N, H, W) or (N, C, H, W) and labels (N,); found {found}")
    chosen = split(images[:, None] if images.ndim == 3 else images, labels, seed, train, tests)
    scale = np.float32(255 if images.dtype == np.uint8 else 1)
    return replace(chosen, images=chosen.images / scale, tests=chosen.tests / scale)


def _read(file: Path) -> tuple[Array, Array]:
    """Images and labels of an npz file. Raises TemplateError."""
    try:
        with np.load(file, allow_pickle=False) as found:
            if missing := {"images", "labels"} - set(found.files):
                raise TemplateError(f"{file}: expected arrays images and labels; {sorted(missing)[0]} is missing")
            return found["images"], found["labels"].astype(np.int64)
    except (ValueError, OSError, EOFError, BadZipFile) as error:
        raise TemplateError(f"{file}: no data file that NumPy can read: {error}") from error
