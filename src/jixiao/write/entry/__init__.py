"""填报表: an Excel form of a whole performance text, for units to fill in and hand back.

``jixiao.read`` reads it back: a text that nobody has touched comes back with no field changed but
its places. See ``read/entry_cells`` for how.
"""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.check.profile import Profile
from jixiao.model import PerformanceText
from jixiao.write.entry.form import form
from jixiao.write.entry.merged import merged

__all__ = ["merged", "write_entry_form"]


def write_entry_form(
    text: PerformanceText | Sequence[PerformanceText], profile: Profile | str = "base"
) -> bytes:
    """Return the entry form of a text as an .xlsx file; blank rows wait below what there is.

    Several texts are put into one form where they are parts of one unit's text (each project in a
    file of its own). The categories in the drop-down lists are those of ``profile``. Raises
    JixiaoError where the texts are of different units or years, ProfileError for a bad profile.
    """
    if not isinstance(text, PerformanceText):
        text = merged(text)
    return form(text, profile)
