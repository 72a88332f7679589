"""Rules of 适当性."""
