"""The audit catalogue: one rule a file, by dimension."""
