"""System calls that Python does not offer."""

import os
import sys

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_memory_holds_the_same_in_huge_pages():
    from autograder.execution.sandbox import linux

    piece = os.urandom(2**16)
    memory = [piece * 64 for _ in range(4)]
    linux.use_huge_pages()
    assert all(part == piece * 64 for part in memory)
