"""Rules of 可行性."""
