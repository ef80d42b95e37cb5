"""How alike two texts are, and the keys by which near-duplicates are found without comparing every pair.

The keys are the 32 smallest hashes of the text's 6-grams: real articles still shared some with 20 % of the
characters changed, and shorter grams are shared by more strangers, longer ones survive fewer changes.
Alike is decided passage by passage, for scattered changes leave every passage known, at least 0.75 of them
with 20 % changed, and a boilerplate leaves half of them strange, at most 0.67 where half of both is the same.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

Passage = frozenset[str]
"""The 3-grams that begin in 25 letters of a text."""

LEAST = 100
"""Letters and digits below which a text has no keys: one sentence of news is mostly its formula."""
NEAR = 0.7
"""Likeness from which on two texts are near-duplicates."""
LONGEST = 20_000
"""Letters and digits that count; what follows is not looked at, so that no text is slow."""
# Keys are kept for years: another value makes all of them useless.
_GRAM, _LOG_KEYS, _SEED = 6, 5, 9001
_SHORT_GRAM, _PASSAGE, _KNOWN = 3, 25, 0.25
MOST_KEYS = 1 << _LOG_KEYS
# What str.isalnum is not true of.
_OTHERS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """The letters and digits of a text in one form (NFKC), without space, punctuation and symbols.

    >>> letters(" “Ａ股”，涨了 3.5%！")
    'A股涨了35'
    """
    # Before as well: NFKC takes the square of a long run of accents.
    return _OTHERS.sub("", normalize("NFKC", _OTHERS.sub("", text)))[:LONGEST]


@lru_cache(maxsize=2)  # a text is looked up, and then noted
def keys(text: str) -> frozenset[int]:
    """Up to 32 numbers of 63 bits, of which near-duplicates have some in common; none for a short text."""
    plain = letters(text)
    if len(plain) < LEAST:
        return frozenset()
    # Here, for the numpy that it brings costs every command a twentieth of a second.
    from datasketches import update_theta_sketch  # type: ignore[import-untyped]

    sketch = update_theta_sketch(_LOG_KEYS, seed=_SEED)
    for gram in _grams(plain, _GRAM):
        sketch.update(gram)
    sketch.trim()
    return frozenset(sketch)


def passages(text: str) -> list[Passage]:
    """A text as ``likeness`` compares it; empty without any three letters."""
    return _passages(_grams(letters(text), _SHORT_GRAM))


def likeness(one: Sequence[Passage], other: Sequence[Passage]) -> float:
    """The share of the passages of both, 0 to 1, of which the other has a quarter or more of the grams.

    >>> likeness(passages("磨坊昨天又开了门"), passages("磨坊今天又开了门"))
    1.0
    """
    known = _known(one, frozenset().union(*other)) + _known(other, frozenset().union(*one))
    return known / ((len(one) + len(other)) or 1)


def is_near(ours: Sequence[Passage], text: str) -> bool:
    """Whether another text has a likeness of NEAR or more; most strangers are told by half of the work."""
    grams = _grams(letters(text), _SHORT_GRAM)
    number, known = -(-len(grams) // _PASSAGE), _known(ours, frozenset(grams))
    if known + number < NEAR * (len(ours) + number):
        return False
    return likeness(ours, _passages(grams)) >= NEAR


def _passages(grams: Sequence[str]) -> list[Passage]:
    return [frozenset(grams[at : at + _PASSAGE]) for at in range(0, len(grams), _PASSAGE)]


def _known(ours: Sequence[Passage], there: Passage) -> int:
    """How many passages of a text are in the grams of another as well."""
    return sum(len(passage & there) >= _KNOWN * len(passage) for passage in ours)


def _grams(plain: str, size: int) -> list[str]:
    return [plain[start : start + size] for start in range(len(plain) - size + 1)]
