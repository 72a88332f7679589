"""Pages of reviewing, one module a thing that is done."""
