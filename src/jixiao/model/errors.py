"""The one class of errors that a user can cause and mend."""

from __future__ import annotations


class JixiaoError(Exception):
    """Bad input, told in one Chinese sentence: what is wrong, where, and what to do.

    The command line prints it and ends with code 2, the web answers 4xx; it is never a traceback.
    """

    def __init__(self, what: str, how: str = "") -> None:
        """Take what is wrong (and where), and what to do about it."""
        self.what = what
        self.how = how
        super().__init__(what, how)

    def __str__(self) -> str:
        """Return the whole message."""
        return f"{self.what}。{self.how}。" if self.how else f"{self.what}。"


class ReadError(JixiaoError):
    """A file that cannot be read as a performance text."""


class ProfileError(JixiaoError):
    """A profile that is not there or does not say what it must."""
