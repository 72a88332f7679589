"""Rules of 自评一致性: what units report, held against itself and against the targets."""
