"""What a pinned environment says of itself, for those who run in it. Imports nothing of ours."""

from __future__ import annotations

import json
import sys
from pathlib import Path

MADE = "made.json"  # in its folder


def besides() -> list[str]:
    """Where this process finds further packages, if it runs in an environment that we made."""
    made = Path(sys.prefix, MADE)
    return list(json.loads(made.read_text(encoding="utf-8"))["packages"]) if made.is_file() else []
