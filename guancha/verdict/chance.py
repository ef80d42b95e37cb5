"""Whether a count can still be chance."""

from math import log

FEW = 10
"""A share is known, and may be judged, from so many on."""
RISK = 0.001
"""How seldom chance alone may take a count for one beyond its bound."""


def is_below(count: int, number: int, share: float) -> bool:
    """Whether ``count`` of ``number`` is less than chance would leave of ``share``, by Chernoff's bound.

    >>> is_below(0, 100, 0.1), is_below(0, 5, 0.1), is_below(9, 100, 0.1)
    (True, False, False)
    """
    if not number or count >= number * share:
        return False
    found = count / number
    distance = (1 - found) * log((1 - found) / (1 - share))
    if found:
        distance += found * log(found / share)
    return number * distance > -log(RISK)


def is_above(count: int, number: int, share: float) -> bool:
    """Whether it is more than chance would make of it.

    >>> is_above(5, 5, 0.1), is_above(1, 5, 0.1), is_above(1, 5, 0)
    (True, False, True)
    """
    return is_below(number - count, number, 1 - share) if share else count > 0
