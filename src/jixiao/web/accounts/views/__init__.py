"""The pages of accounts: logging in, people, places, lists of both."""
