"""账号: the tree of regions, departments and units, users and their roles."""
