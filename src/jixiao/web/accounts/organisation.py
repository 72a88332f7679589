"""机构和账号的清单: an office's departments, units and users, from a TOML file that it writes."""

from __future__ import annotations

import msgspec

from jixiao.model.errors import JixiaoError
from jixiao.model.office_toml import TomlError, parse, told


class OrganisationError(JixiaoError):
    """A list that does not say what it must."""


class RegionPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """行政区划; ``parent`` is the code of the one above, which must be there."""

    code: str
    name: str
    parent: str | None = None


class DepartmentPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """主管部门; ``section`` is the name of the 业务股 that looks after it."""

    code: str
    name: str
    section: str | None = None


class UnitPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """预算单位; ``department`` is the code of its department."""

    code: str
    name: str
    department: str


class UserPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """账号; ``unit`` and ``department`` are codes, ``section`` a name."""

    username: str
    name: str
    role: str
    unit: str | None = None
    department: str | None = None
    section: str | None = None
    includes_below: bool = False


class Organisation(msgspec.Struct, frozen=True):
    """What the file says; keys that are not of the organisation are passed over."""

    region: RegionPlan
    sections: tuple[str, ...] = ()
    departments: tuple[DepartmentPlan, ...] = ()
    units: tuple[UnitPlan, ...] = ()
    users: tuple[UserPlan, ...] = ()


def read(data: bytes, name: str) -> Organisation:
    """Return the list in a file; ``name`` is what to call it. Raises OrganisationError."""
    try:
        return msgspec.convert(parse(data), Organisation)
    except TomlError as error:
        raise OrganisationError(f"{name} {error}", "请改正后再试") from error
    except msgspec.ValidationError as error:
        raise OrganisationError(f"{name} 的{told(error)}", "写法见文档“网页应用”") from error
