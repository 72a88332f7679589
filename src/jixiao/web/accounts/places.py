"""What an administrator does with the tree: regions, sections, departments and units.

What was used stays: it is taken out of use (停用), never deleted. Only what nothing hangs on can be
removed: a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Model, ProtectedError, QuerySet

from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.accounts.models import Department, Region, Section, Unit, User
from jixiao.web.journal.chain import Actor, record

_CODE = RegexValidator(r"^[0-9A-Za-z._-]+\Z", "编码用数字和字母")
_WORDS = RegexValidator(r"^[^\x00-\x1f\x7f-\x9f]+\Z", "名称里有不能显示的字符")


class PlaceError(JixiaoError):
    """A change of the tree that cannot be made."""


class _Form(forms.ModelForm[Any]):
    """The words of a place, and where it hangs; choices are those of one region."""

    def __init__(self, *args: Any, region: Region, **named: Any) -> None:
        super().__init__(*args, **named)
        self.region = region
        for name, field in self.fields.items():
            field.validators += [_CODE] if name == "code" else [_WORDS] if name == "name" else []
        for name, model in (("section", Section), ("department", Department)):
            if name in self.fields:
                now = getattr(self.instance, f"{name}_id", None)
                choices: Any = self.fields[name]
                found = model._default_manager.filter(region=region)
                choices.queryset = found.filter(models.Q(is_open=True) | models.Q(pk=now))
                choices.empty_label = "（没有）" if name == "section" else "请选择"
                choices.label_from_instance = _label

    def clean_name(self) -> str:
        """Return the name without blanks at its ends."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        """Refuse a code, of a section a name, that another in the region has."""
        found: dict[str, Any] = super().clean() or {}
        key = "name" if isinstance(self.instance, Section) else "code"
        others = of_region(type(self.instance), self.region).exclude(pk=self.instance.pk)
        other = others.filter(**{key: found.get(key)}).first()
        if other is not None:
            raise ValidationError({key: f"“{other.name}”已经用了 {found[key]}"})
        return found


class SectionForm(_Form):
    """业务股."""

    class Meta:
        model = Section
        fields = ("name",)


class DepartmentForm(_Form):
    """主管部门."""

    class Meta:
        model = Department
        fields = ("code", "name", "section")


class UnitForm(_Form):
    """预算单位."""

    class Meta:
        model = Unit
        fields = ("code", "name", "department")


class RegionForm(_Form):
    """行政区划."""

    class Meta:
        model = Region
        fields = ("code", "name")


class Kind(NamedTuple):
    """A kind of place: what it is called, its form, and those that an administrator keeps."""

    name: str
    word: str
    form: type[_Form]
    kept: Callable[[User], QuerySet[Any]]


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("section", "业务股", SectionForm, scope.kept_sections),
        Kind("department", "主管部门", DepartmentForm, scope.kept_departments),
        Kind("unit", "预算单位", UnitForm, scope.kept_units),
        Kind("region", "下级地区", RegionForm, scope.kept_regions),
    )
}


def of_region(model: type[Model], region: Region) -> QuerySet[Any]:
    """Return the places of a kind in a region; regions are all of one tree."""
    manager = model._default_manager
    if model is Region:
        return manager.all()
    return manager.filter(**{"department__region" if model is Unit else "region": region})


def region_of(place: Any) -> Region:
    """Return the region that a place is in."""
    if isinstance(place, Region):
        return place
    return place.department.region if isinstance(place, Unit) else place.region


@transaction.atomic
def save(actor: Actor, kind: Kind, form: _Form) -> Any:
    """Add or change what a valid form says. The journal gets what changed."""
    is_new = form.instance.pk is None
    changed = {
        name: [str(form.get_initial_for_field(form.fields[name], name) or ""), str(value or "")]
        for name, value in form.cleaned_data.items()
        if name in form.changed_data
    }
    if is_new and isinstance(form.instance, Region):
        form.instance.parent = form.region
    elif is_new and not isinstance(form.instance, Unit):
        form.instance.region = form.region
    place = form.save()
    record(actor, f"place.{'add' if is_new else 'change'}", kind.name, place.pk, **changed)
    return place


@transaction.atomic
def switch(actor: Actor, kind: Kind, place: Any) -> bool:
    """Take a place out of use, or into use again; return whether it is. Raises PlaceError."""
    if isinstance(place, Region):
        raise PlaceError("地区不能停用", "可以停用其中的部门和单位")
    if isinstance(place, Department) and place.is_open:
        left = place.units.filter(is_open=True).count()
        if left:
            raise PlaceError(
                f"“{place.name}”还有 {left} 个在用的单位", "请先停用这些单位，或把它们移到别的部门"
            )
    if isinstance(place, Unit) and not place.is_open and not place.department.is_open:
        raise PlaceError(f"“{place.department.name}”已经停用", "请先启用这个部门，或换一个部门")
    place.is_open = not place.is_open
    place.save(update_fields=["is_open"])
    record(actor, "place.switch", kind.name, place.pk, name=place.name, open=place.is_open)
    return bool(place.is_open)


@transaction.atomic
def remove(actor: Actor, kind: Kind, place: Any) -> None:
    """Remove a place that nothing hangs on. Raises PlaceError."""
    key, name = place.pk, place.name
    try:
        place.delete()
    except ProtectedError as error:
        raise PlaceError(
            f"“{name}”下面还有文本、账号或单位，不能删除", "不再用了请点“停用”，以前的文本都留着"
        ) from error
    record(actor, "place.remove", kind.name, key, name=name)


def _label(place: Any) -> str:
    return place.name if isinstance(place, Section) else f"{place.code} {place.name}"
