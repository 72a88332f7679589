"""导入: a file beside what was read of it, corrected there, and merged into a text with a choice."""
