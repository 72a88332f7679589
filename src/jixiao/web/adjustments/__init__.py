"""绩效目标调整: an approved text changed during the year, with what was before and after."""
