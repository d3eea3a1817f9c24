"""CPU seconds that the cells of a course's submissions take by themselves: the mean over the notebooks.

`exec` in one process that has imported torch already: no isolation, no outputs kept, no marking. No grader that runs
the cells can be quicker.
"""

import contextlib
import io
import json
import sys
import time
from pathlib import Path

import torch


def run(cells: list[str]) -> float:
    start, names = time.process_time(), {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            with contextlib.suppress(Exception):
                exec(compile(cell, "cell", "exec"), names)
    return time.process_time() - start


torch.set_num_threads(1)
books = [json.loads(file.read_text()) for file in sorted(Path(sys.argv[1]).glob("submitted/*/hw1/hw1.ipynb"))]
notebooks = [[cell["source"] for cell in book["cells"] if cell["cell_type"] == "code"] for book in books]
run(notebooks[0])
sys.stdout.write(str(sum(map(run, notebooks)) / len(notebooks)))
