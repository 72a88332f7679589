"""Files on their way in: held in memory, so that a killed server leaves none of them on the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload


class InMemory(MemoryFileUploadHandler):
    """Takes files up to the limit; one that is larger is not taken at all, and the request says so."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        """Take whatever comes: the size that a request claims is not to be believed."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece of a file."""
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            self.request.is_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)
