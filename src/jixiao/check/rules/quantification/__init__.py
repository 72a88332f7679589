"""Rules of 量化."""
