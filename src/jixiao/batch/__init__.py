"""The same work over many files, with the processors of this computer."""

from jixiao.batch.processes import processors
from jixiao.batch.runner import run

__all__ = ["processors", "run"]
