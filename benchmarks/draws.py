"""Drawing variants, beside reasoning-gym's generators: how many questions a second, in one run.

    python benchmarks/draws.py [--draws 300] [--slowest 5]

Ours: a valid variant with its key and every mistake's wrong key, which validity asks for. "With texts" renders stem,
prompts and worked solution, too. Theirs: an item with question, answer and metadata. CPU time of one process; both
sides are warm: what loading and a first item take is left out. Needs `pip install '.[bench]'`.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import statistics
import time
from collections.abc import Callable

from question_bank.catalog import Catalog
from question_bank.template import Template, Variant

NEEDS_MORE = frozenset({"composite"})  # made of other generators, so it has nothing of its own to time


def per_second(make: Callable[[int], object], count: int) -> float:
    """How many a second, by CPU time, once the first is made."""
    make(-1)
    start = time.process_time()
    for number in range(count):
        make(number)
    return count / max(time.process_time() - start, 1e-9)


def write_out(variant: Variant) -> None:
    """Render all that a student and an instructor read."""
    for name in variant.template.parts:
        variant.prompt(name)
    _ = variant.stem, variant.solution


def ours(template: Template, draws: int) -> tuple[float, float]:
    """Variants a second: drawn, and drawn with all of their texts."""
    return (
        per_second(lambda number: template.draw(f"draw {number}"), draws),
        per_second(lambda number: write_out(template.draw(f"text {number}")), draws // 3),
    )


def theirs(draws: int) -> dict[str, float]:
    """Items a second of each generator of reasoning-gym; those that cannot be made without further files left out."""
    import reasoning_gym
    from reasoning_gym.factory import DATASETS

    found: dict[str, float] = {}
    for name in sorted(DATASETS.keys() - NEEDS_MORE):
        try:
            dataset = reasoning_gym.create_dataset(name, size=draws + 1, seed=1)
            found[name] = per_second(lambda number, dataset=dataset: dataset[number + 1], min(draws, 30))
        except Exception as error:  # noqa: BLE001 - a peer's generator that fails here is named and not counted
            print(f"  left out: {name}: {type(error).__name__}")
    return found


def summary(title: str, rates: list[float]) -> None:
    """One line: mean and median milliseconds of one, and how many generators that is over."""
    times = [1000 / rate for rate in rates]
    rate = 1000 / statistics.fmean(times)
    print(f"  {title:<34}{len(rates):>5}{statistics.fmean(times):>12.3f}{statistics.median(times):>10.3f}{rate:>12.0f}")


def main() -> None:
    """Print how both do, and the slowest of ours."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=300)
    parser.add_argument("--slowest", type=int, default=5)
    options = parser.parse_args()

    catalog = Catalog()
    measured = {path: ours(catalog.get(path), options.draws) for path in catalog.files()}
    peer = theirs(options.draws)
    version = importlib.metadata.version("reasoning-gym")
    print(f"  {'':<34}{'of':>5}{'mean ms':>12}{'median':>10}{'a second':>12}")
    summary("ours: a variant with its keys", [drawn for drawn, _ in measured.values()])
    summary("ours: with texts and solution", [written for _, written in measured.values()])
    summary(f"reasoning-gym {version}: an item", list(peer.values()))
    for path, (drawn, _) in sorted(measured.items(), key=lambda item: item[1][0])[: options.slowest]:
        print(f"  slow: {path}: {1000 / drawn:.2f} ms")


if __name__ == "__main__":
    main()
