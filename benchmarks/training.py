"""How far the worked solutions of the training tasks come: what the margin of their targets rests on.

    python benchmarks/training.py [--seeds 20] [--only coding/train_digits]

Each seed draws another split of the data and other first weights. Printed are the least, the median and the largest
accuracy (or error) on images that were not trained on, and the CPU seconds of a training on one thread.
"""

from __future__ import annotations

import argparse
import statistics
import time

import torch

from autograder.checkers.network import measure
from autograder.inprocess import respond
from question_bank.catalog import Catalog
from question_bank.models import Training

OWN_DATA = ("coding/train_own_images",)  # needs a file of the instructor's


def reached(part: Training, path: str, seed: int, catalog: Catalog) -> tuple[float, float]:
    """What the worked solution measures with this seed, and its CPU seconds."""
    variant = catalog.get(path).draw(f"spread {seed}")
    names: dict[str, object] = {"torch": torch}
    exec(variant.solution, names)  # the bank's own code
    [case] = part.cases
    data = case.inputs(variant, f"spread {seed}")["data"]
    torch.manual_seed(seed)
    start = time.process_time()
    _, _, outputs, _ = respond(part, names, (data,))
    found = measure(part, data, outputs)
    return float("nan") if found is None else found, time.process_time() - start


def main() -> None:
    """Print a line for each training task."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", default="")
    options = parser.parse_args()

    catalog = Catalog()
    for path in catalog.files():
        parts = [p for p in catalog.get(path).parts.values() if isinstance(p, Training)] if "coding/" in path else []
        wanted = options.only == path or (not options.only and path not in OWN_DATA)
        for part in parts if wanted else ():
            found = [reached(part, path, seed, catalog) for seed in range(options.seeds)]
            target = part.target(catalog.get(path).draw("spread"))
            values, seconds = zip(*found, strict=True)
            spread = f"{min(values):.4g} {statistics.median(values):.4g} {max(values):.4g}"
            told = f"{spread} (least, median, largest of {len(values)}), target {target:g}"
            print(f"{path}: {part.measure} {told}; ")
            print(f"    CPU seconds {min(seconds):.1f} {statistics.median(seconds):.1f} {max(seconds):.1f}")


if __name__ == "__main__":
    main()
