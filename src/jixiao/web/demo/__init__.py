"""演示: a county with units, users of each role, and texts in different states."""
