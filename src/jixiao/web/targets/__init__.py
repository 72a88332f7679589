"""绩效目标: texts filled in, checked while typing, submitted, reviewed, approved."""
