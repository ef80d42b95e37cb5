"""Keys that never change, and a likeness that knows a reprint from a boilerplate."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest

from guancha import saved
from guancha.items import Article
from guancha.likeness import LEAST, LONGEST, NEAR, is_near, keys, letters, likeness, passages
from tests import shared

INVENTED = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(400))
PINNED = (32, 31081014112377424, 929298804208074376, 17456587742781632628)
"""How many, the least, the greatest and the sum of the keys of that text."""


@cache
def real_texts() -> list[str]:
    """The 39 real column articles as this project reads them, the longest first."""
    found = []
    for column in shared.columns():
        article = saved.record(shared.wrapped(column), column["url"], shared.CRAWLED)
        assert isinstance(article, Article)
        found.append(article.text)
    return sorted(found, key=len, reverse=True)


def substituted(text: str, share: float, chance: random.Random) -> str:
    """A share of the characters, scattered, each another one of the same text."""
    return _scattered(text, share, chance, "substitute")


def mixed(text: str, share: float, chance: random.Random) -> str:
    """A share of the characters, scattered: substituted, deleted, or another one inserted behind."""
    return _scattered(text, share, chance, "substitute delete insert")


def _scattered(text: str, share: float, chance: random.Random, ways: str) -> str:
    found = list(text)
    for place in chance.sample(range(len(text)), round(len(text) * share)):
        old, new = found[place], chance.choice(text)
        done = {"substitute": new, "delete": "", "insert": old + new}
        found[place] = done[chance.choice(ways.split())]
    return "".join(found)


def in_blocks(text: str, share: float, chance: random.Random) -> str:
    """A share of the characters in four blocks: replaced by another text, deleted, or inserted."""
    size = round(len(text) * share / 4)
    for way in ("substitute", "delete", "insert", "substitute") if size else ():
        place = chance.randrange(len(text) - size)
        other = "".join(chance.choices(text, k=size))
        kept = text[place:] if way == "insert" else text[place + size :]
        text = text[:place] + ("" if way == "delete" else other) + kept
    return text


CHANGES: list[Callable[[str, float, random.Random], str]] = [substituted, mixed, in_blocks]


def alike(one: str, other: str) -> float:
    return likeness(passages(one), passages(other))


def test_the_keys_are_kept_for_years() -> None:
    found = keys(INVENTED)
    assert (len(found), min(found), max(found), sum(found)) == PINNED


@pytest.mark.parametrize("seed", ["1", "2"])
def test_each_process_makes_the_same_keys(seed: str) -> None:
    code = "from tests.test_likeness import *; print(sorted(keys(INVENTED)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(sorted(keys(INVENTED)))


def test_a_key_fits_a_signed_integer_of_64_bits() -> None:
    found = {key for text in real_texts() for key in keys(text)}
    assert len(found) > 1000
    assert 0 < min(found) < max(found) < 2**63


def test_a_short_text_has_no_keys() -> None:
    assert keys("") == keys(INVENTED[: LEAST - 1]) == keys("！" * LEAST) == frozenset()
    assert len(keys(INVENTED[:LEAST])) == 32


def test_space_punctuation_and_width_do_not_count() -> None:
    printed = "ＧＤＰ，" + "。\n\n　".join(INVENTED) + "！"
    assert letters(printed) == "GDP" + INVENTED
    assert keys(printed) == keys("GDP" + INVENTED)
    assert alike(printed, "GDP" + INVENTED) == 1


def test_what_can_not_be_encoded_does_not_count() -> None:
    assert keys("\ud800".join(INVENTED)) == keys(INVENTED)


def test_a_text_counts_up_to_a_length() -> None:
    long = INVENTED * (LONGEST // len(INVENTED))
    assert len(letters(long + "磨坊")) == LONGEST
    assert keys(long + "磨坊") == keys(long)


def test_a_long_run_of_accents_takes_no_square_of_time() -> None:
    # Some minutes, were they put into order.
    assert letters("a" + "\u0301\u0316" * 500_000) == "a"


def test_nothing_is_like_nothing() -> None:
    assert alike("", "") == alike("磨", "磨") == 0


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_text_is_alike_and_shares_keys(
    change: Callable[[str, float, random.Random], str],
) -> None:
    chance = random.Random(change.__name__)
    for text in real_texts():
        changed = change(text, 0.2, chance)
        assert alike(text, changed) >= NEAR
        assert keys(text) & keys(changed)


def test_a_cut_ending_and_an_added_paragraph_are_alike() -> None:
    editor = real_texts()[0][:500]
    for text in real_texts()[1:]:
        assert alike(text, text[: len(text) * 7 // 10]) >= NEAR
        assert alike(text, editor + text) >= NEAR


def test_two_articles_are_not_alike() -> None:
    found = [passages(text) for text in real_texts()]
    for number, one in enumerate(found):
        assert all(likeness(one, other) < NEAR / 2 for other in found[:number])


def test_an_excerpt_and_the_whole_are_not_alike() -> None:
    for text in real_texts():
        assert alike(text, text[: len(text) // 3]) < NEAR


def test_the_order_of_paragraphs_does_not_count() -> None:
    for text in real_texts():
        assert alike(text, "\n\n".join(reversed(text.split("\n\n")))) >= NEAR


@pytest.mark.parametrize("share", [0, 0.1, 0.3, 0.5, 0.7, 1])
@pytest.mark.parametrize("length", [0, 3, 30, 400])
def test_near_is_what_is_alike_enough(share: float, length: int) -> None:
    chance = random.Random(length)
    kept = round(length * share)
    for other in (INVENTED[:kept] + INVENTED[::-1][: 400 - kept], mixed(INVENTED, share, chance)):
        for one, two in ((INVENTED[:length], other), (other, INVENTED[:length])):
            assert is_near(passages(one), two) == (alike(one, two) >= NEAR)
