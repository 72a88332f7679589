"""操作记录: who did what, when, from where; a chain of hashes shows tampering."""
