"""The one class of errors that a user can cause and mend."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EIO: "磁盘出错",
    errno.ENOMEM: "内存不够",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接指来指去，没有尽头",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.ETIMEDOUT: "网络没有回应",
    errno.ESTALE: "网络磁盘断开了",
}


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


def reason(error: OSError) -> str:
    """Return why the system refused, in Chinese; a rare reason stays in the system's words."""
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return known or f"系统报告 {error.strerror or error}"


class ReadError(JixiaoError):
    """A file that cannot be read as a performance text."""


class ProfileError(JixiaoError):
    """A profile that is not there or does not say what it must."""


class TemplateError(JixiaoError):
    """An office's own template that lacks what it must have, or says what nothing goes by."""
