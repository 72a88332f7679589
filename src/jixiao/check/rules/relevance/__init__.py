"""Rules of 相关性."""
