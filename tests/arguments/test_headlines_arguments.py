"""What ``scrapy crawl headlines`` takes."""

import pytest

from guancha.arguments.headlines import HeadlinesArguments
from guancha.exceptions import ArgumentError


def test_a_browser_is_the_default() -> None:
    assert HeadlinesArguments.parse({}).browser
    assert HeadlinesArguments.parse({"browser": "1"}).browser
    assert not HeadlinesArguments.parse({"browser": "0"}).browser


@pytest.mark.parametrize(
    "given", [{"browser": "yes"}, {"browser": ""}, {"browser": "２"}, {"pages": "1"}]
)
def test_anything_else_is_refused_by_name(given: dict[str, str]) -> None:
    with pytest.raises(ArgumentError, match=next(iter(given))):
        HeadlinesArguments.parse(given)
