"""Points: rounded as scores are, shared out to the cent, shown in a formula.

Shares are exact fractions and only a score is rounded, so that the unit of money or the order of
the steps never moves a cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

_LARGEST = 18
_FINEST = -12
_CENTS = 100


def usable(number: Decimal) -> bool:
    """Return whether a number is of a size that budgets and indicators have (below 10^19).

    ``1E+999999`` is a finite number too, and writing it out would fill the memory.
    """
    exponent = number.as_tuple().exponent
    return (
        number.is_finite()
        and isinstance(exponent, int)
        and exponent >= _FINEST
        and (number.adjusted() <= _LARGEST)
    )


def rounded(value: Fraction | Decimal) -> Decimal:
    """Return points rounded half up at two decimals (ROUND_HALF_UP)."""
    exact = Fraction(value)
    cents = (abs(exact) * _CENTS + Fraction(1, 2)).__floor__()
    return Decimal(cents if exact >= 0 else -cents).scaleb(-2)


def shown(number: Fraction | Decimal) -> str:
    """Return a number as people write it in a sum: 12.50 → 12.5, a long fraction to six places."""
    if isinstance(number, Fraction):
        scaled = (abs(number) * 10**6 + Fraction(1, 2)).__floor__()
        number = Decimal(scaled if number >= 0 else -scaled).scaleb(-6)
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def signed(number: Decimal) -> str:
    """Return a number for the inside of a sum: a negative one in brackets."""
    return f"（{shown(number)}）" if number < 0 else shown(number)


def apportion(points: Decimal, shares: Sequence[Decimal | Fraction]) -> list[Decimal]:
    """Share points out in proportion, to the cent, by the largest remainder; the sum is exact.

    Of equal remainders the first come first. Shares that are all 0 count as equal.
    """
    if not shares:
        return []
    parts = [Fraction(share) for share in shares]
    whole = sum(parts)
    if not whole:
        parts, whole = [Fraction(1)] * len(parts), Fraction(len(parts))
    cents = int(points.scaleb(2))
    exact = [cents * part / whole for part in parts]
    given = [each.__floor__() for each in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (given[i] - exact[i], i))
    for i in by_remainder[: cents - sum(given)]:
        given[i] += 1
    return [Decimal(each).scaleb(-2) for each in given]
