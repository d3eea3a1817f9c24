"""What torch says about a variant of each template: every key again, without `question_bank.maths`. A file a topic."""

import importlib
import pkgutil

from oracles.kit import ORACLES

for module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"oracles.{module.name}")

__all__ = ["ORACLES"]
