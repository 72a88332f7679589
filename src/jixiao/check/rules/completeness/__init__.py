"""Rules of 完整性."""
