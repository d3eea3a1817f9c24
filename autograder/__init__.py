"""How submissions are marked: read, run, check, mark, explain, record."""
