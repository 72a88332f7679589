"""One field in both texts: the same, another way to write the same, or changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec

from jixiao.compare.amounts import amount, money_change
from jixiao.compare.changes import FieldChange, Kind
from jixiao.compare.values import Years, compared
from jixiao.compare.wording import code_parts, key, lasting, plain, relative, unspaced
from jixiao.model import Budget, Place, Plan, TargetValue
from jixiao.model.text import to_percent

Places = Mapping[str, Place]

_AMOUNTS: tuple[Literal["total", "fiscal", "other"], ...] = ("total", "fiscal", "other")


class Fields(NamedTuple):
    """Compares the fields of one thing; ``before`` and ``after`` say where they stand.

    Each method returns None for a field that is the same in both: also where one has it blank
    and the other does not have it, which is a matter of the form.
    """

    years: Years
    before: Places
    after: Places

    def text(self, field: str, before: str | None, after: str | None) -> FieldChange | None:
        """Compare a field of words."""
        return self._made(field, text_kind(before, after, self.years), before, after)

    def name(self, field: str, before: str | None, after: str | None) -> FieldChange | None:
        """Compare a project's name, in which years and numbers of documents pass with the year."""
        kind = text_kind(before, after, self.years)
        passed = lasting(before) and lasting(before) == lasting(after)
        if kind is Kind.CHANGED and self.years.between and passed:
            kind = Kind.ROLLED
        return self._made(field, kind, before, after)

    def code(self, field: str, before: str | None, after: str | None) -> FieldChange | None:
        """Compare a project code, whose year digits pass with the year."""
        kind = text_kind(before, after, self.years)
        ours, theirs = code_parts(before), code_parts(after)
        if kind is Kind.CHANGED and ours and theirs and self.years.between:
            passed = ours[0] == theirs[0] and ours[2] == theirs[2]
            if passed and theirs[1] - ours[1] == self.years.between:
                kind = Kind.ROLLED
        return self._made(field, kind, before, after)

    def share(self, field: str, before: str | None, after: str | None) -> FieldChange | None:
        """Compare a percentage of the spending plan: 50% and 50.00% are one."""
        kind = text_kind(before, after, self.years)
        if kind is Kind.CHANGED:
            number = to_percent(before)
            if number is not None and number == to_percent(after):
                kind = Kind.REWORDED
        return self._made(field, kind, before, after)

    def value(self, field: str, before: TargetValue, after: TargetValue) -> FieldChange | None:
        """Compare a target value."""
        kind, change = compared(before, after, self.years)
        made = self._made(field, kind, before.text, after.text)
        return made and msgspec.structs.replace(made, value=change)

    def plan(self, before: Plan, after: Plan) -> list[FieldChange | None]:
        """Compare the spending plans, checkpoint by checkpoint."""
        ours, theirs = dict(before.items()), dict(after.items())
        months = sorted({*ours, *theirs})
        return [self.share(f"plan.{at}", ours.get(at), theirs.get(at)) for at in months]

    def budget(
        self, before: Budget | None, after: Budget | None, prefix: str = "budget"
    ) -> list[FieldChange | None]:
        """Compare the amounts of a budget: 2500万元 and 25000000.00元 are one."""
        return [self._amount(f"{prefix}.{name}", name, before, after) for name in _AMOUNTS]

    def _amount(
        self,
        field: str,
        name: Literal["total", "fiscal", "other"],
        before: Budget | None,
        after: Budget | None,
    ) -> FieldChange | None:
        ours, theirs = _written(before, name), _written(after, name)
        kind = text_kind(ours, theirs, self.years)
        money = money_change(amount(before, name), amount(after, name))
        if money.before is not None and money.before == money.after:
            kind = Kind.SAME if kind is Kind.SAME else Kind.REWORDED
        elif name != "total" and not money.before and not money.after and not (ours and theirs):
            # A blank beside 0: of money that a project does not have, both say the same.
            kind = Kind.SAME if kind is Kind.SAME else Kind.REWORDED
        made = self._made(field, kind, ours, theirs)
        return made and FieldChange(
            made.field, made.kind, ours, theirs, made.before_place, made.after_place, money
        )

    def others(
        self, before: Mapping[str, str], after: Mapping[str, str]
    ) -> list[FieldChange | None]:
        """Compare the fields that the form has and the model has not."""
        names = dict.fromkeys([*before, *after])
        return [self.text(f"extra.{name}", before.get(name), after.get(name)) for name in names]

    def _made(
        self, field: str, kind: Kind, before: str | None, after: str | None
    ) -> FieldChange | None:
        if kind is Kind.SAME:
            return None
        return FieldChange(
            field, kind, before, after, place_of(self.before, field), place_of(self.after, field)
        )


def text_kind(before: str | None, after: str | None, years: Years) -> Kind:
    """Return what became of some words."""
    ours, theirs = plain(before), plain(after)
    if before == after or unspaced(before) == unspaced(after):
        return Kind.SAME
    if not ours or not theirs:
        return Kind.DROPPED if ours else Kind.ADDED
    if (key(before) or ours) == (key(after) or theirs):
        return Kind.REWORDED
    if years.between and relative(ours, years.before) == relative(theirs, years.after):
        return Kind.ROLLED
    return Kind.CHANGED


def place_of(places: Places, field: str) -> Place | None:
    """Return where a field stands, else where the thing stands that it is a field of."""
    return places.get(field) or places.get(field.rpartition(".")[2]) or places.get("self")


def present(changes: Iterable[FieldChange | None]) -> tuple[FieldChange, ...]:
    """Return the changes without the fields that are the same."""
    return tuple(change for change in changes if change is not None)


def worst(kinds: Iterable[Kind], *, moved: bool = False) -> Kind:
    """Return what became of a thing whose parts became so: changed, if one came, went or changed."""
    order = (Kind.ROLLED, Kind.REWORDED, Kind.MOVED)
    seen = set(kinds) | ({Kind.MOVED} if moved else set())
    if any(kind.matters for kind in seen):
        return Kind.CHANGED
    return next((kind for kind in order if kind in seen), Kind.SAME)


def _written(budget: Budget | None, name: Literal["total", "fiscal", "other"]) -> str | None:
    text: str | None = getattr(budget, name) if budget else None
    return f"{text}{budget.money_unit or ''}" if text and budget else text
