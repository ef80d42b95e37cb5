"""How values stand on the page: whatever they are, they can't break it."""

from markupsafe import Markup

from guancha.processors.text import visible

LONGEST = 200
"""Characters of a text that are shown; an argument may list thousands of URLs."""


def shown(value: object) -> object:
    """Any value of the page, before it is escaped: texts are made visible, numbers are grouped.

    A number in groups also never looks like an article's id to whoever searches these files for one.

    >>> shown(1234567), shown("a\\u202eb\\n c")
    ('1,234,567', 'a\\\\u202eb c')
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return (
        visible(" ".join(value[: 2 * LONGEST].split()), LONGEST)
        if isinstance(value, str)
        else value
    )


def percent(share: float) -> str:
    """A share as text; what is almost nothing is not called nothing.

    >>> percent(0.5), percent(0.001), percent(0.999), percent(1)
    ('50%', '<1%', '>99%', '100%')
    """
    if 0 < share < 0.01:
        return "<1%"
    return ">99%" if 0.99 < share < 1 else f"{share:.0%}"


def extent(share: float) -> str:
    """A share as a length of CSS.

    >>> extent(0.12345), extent(7)
    ('12.3%', '100.0%')
    """
    return f"{min(max(share, 0), 1):.1%}"
