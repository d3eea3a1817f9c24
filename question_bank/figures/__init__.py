"""Pictures for stems: SVG made from a variant's numbers, with a text for those who cannot see it."""

from question_bank.figures.blocks import strip
from question_bank.figures.charts import curves
from question_bank.figures.drawing import Figure
from question_bank.figures.fields import cone
from question_bank.figures.panels import grid, grids
from question_bank.figures.volumes import stacks

__all__ = ["Figure", "cone", "curves", "grid", "grids", "stacks", "strip"]
