"""Pictures for stems: SVG made from a variant's numbers, with a text for those who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A picture: its SVG, and `alt`, which says in words what it shows."""

    svg: str
    alt: str
