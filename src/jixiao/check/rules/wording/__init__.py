"""Rules of 规范."""
