"""Work on many things by several workers at a time, each of which can do one at a time."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

W = TypeVar("W")
T = TypeVar("T")
R = TypeVar("R")


def spread(things: Sequence[T], workers: Sequence[W], work: Callable[[W, T], R]) -> Iterator[R]:
    """What `work` makes of each thing with a worker that is free, in the things' order."""
    free: queue.SimpleQueue[W] = queue.SimpleQueue()
    for worker in workers:
        free.put(worker)

    def one(thing: T) -> R:
        worker = free.get()
        try:
            return work(worker, thing)
        finally:
            free.put(worker)

    pool = ThreadPoolExecutor(len(workers))
    try:
        yield from pool.map(one, things)
    finally:
        pool.shutdown(cancel_futures=True)
