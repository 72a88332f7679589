"""Points: rounded as scores are, shared out to the cent, shown in a formula.

Shares are exact fractions and only a score is rounded, so that the unit of money or the order of
the steps never moves a cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

_LARGEST = 15
_FINEST = -30  # a spreadsheet writes 0.30000000000000004
_CENTS = 100


def usable(number: Decimal) -> bool:
    """Return whether a number is of a size that budgets and indicators have (below 10^16).

    ``1E+999999`` is a finite number too, and writing it out would fill the memory.
    """
    exponent = number.as_tuple().exponent
    return (
        number.is_finite()
        and isinstance(exponent, int)
        and exponent >= _FINEST
        and number.adjusted() <= _LARGEST
    )


def rounded(value: Fraction | Decimal) -> Decimal:
    """Return points rounded half up at two decimals (ROUND_HALF_UP)."""
    exact = Fraction(value)
    cents = (abs(exact) * _CENTS + Fraction(1, 2)).__floor__()
    return _exactly(cents if exact >= 0 else -cents, 2)


def _exactly(digits: int, places: int) -> Decimal:
    """Return digits with a decimal point, whatever the precision of the caller's context."""
    return Decimal(f"{digits}E-{places}")


def shown(number: Fraction | Decimal) -> str:
    """Return a number as people write it in a sum: 12.50 → 12.5, a long fraction to six places."""
    if isinstance(number, Fraction):
        scaled = (abs(number) * 10**6 + Fraction(1, 2)).__floor__()
        number = _exactly(scaled if number >= 0 else -scaled, 6)
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def apportion(points: Decimal, shares: Sequence[Decimal | Fraction]) -> list[Decimal]:
    """Share points out in proportion, to the cent, by the largest remainder; the sum is exact.

    Of equal remainders the first come first. Shares that are all 0 count as equal.
    """
    if not any(shares):
        return equally(points, len(shares)) if shares else []
    parts = [Fraction(share) for share in shares]
    whole = sum(parts)
    cents = int(Fraction(points) * _CENTS)
    exact = [cents * part / whole for part in parts]
    given = [each.__floor__() for each in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (given[i] - exact[i], i))
    for i in by_remainder[: cents - sum(given)]:
        given[i] += 1
    return [_exactly(each, 2) for each in given]


def equally(points: Decimal, parts: int) -> list[Decimal]:
    """Share points out in so many equal parts, to the cent; the first have the odd cents."""
    each, odd = divmod(int(Fraction(points) * _CENTS), parts)
    return [_exactly(each + (i < odd), 2) for i in range(parts)]
