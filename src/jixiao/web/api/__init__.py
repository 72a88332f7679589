"""The REST API: the same texts and steps as the pages, for programs that bring a token."""
