"""Files out: the user's own Word file with comments or fixes, and the forms of the cycle."""
