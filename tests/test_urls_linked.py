"""The fast way from a printed link to an article is the long way: whatever is printed, on whatever page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guancha.exceptions import UrlError
from guancha.urls import HOME, ArticleUrl, absolute, find_article, linked_article

BASES = [
    "https://www.guancha.cn/WangWu/2019_09_07_516891.shtml",
    HOME,
    "https://www.guancha.cn",
    "http://m.guancha.cn/x/",
    "https://user.guancha.cn/main/content?id=1",
    "https://www.guancha.cn.evil.example/x/",
    "https://www.guancha.cn/[",
    "http://[::1",
    "",
]
HOSTS = [
    "",
    "https://www.guancha.cn",
    "http://guancha.cn",
    "//m.guancha.cn",
    "HTTPS://WWW.GUANCHA.CN",
]
HOSTS += [
    "https://i.guancha.cn",
    "https://www.guancha.cn:443",
    "https://u@www.guancha.cn",
    "ftp://guancha.cn",
]
SLUGS = [
    "WangWu",
    "a-b_c",
    "GuoJi·ZhanLue",
    "%61",
    "Search",
    "df888",
    "Search2",
    "..",
    "",
    "a" * 64,
    "a" * 65,
]
DAYS = [
    "2019_09_07",
    "2019_02_29",
    "2020_02_29",
    "0000_01_01",
    "2019_13_01",
    "2019-09-07",
    "٢٠١٩_09_07",
]
ENDS = ["", "_2", "_s", "_1234", "_x", "_"]
TAILS = [
    "",
    "?s=zwytt",
    "?",
    "?a=%41",
    "#x",
    "?s=x#y",
    "/",
    "\n",
    " ",
    ";p",
    "?\u2028",
    "?" + "x" * 2048,
]
links = st.builds(
    "{}/{}/{}_{}{}.shtml{}".format,
    st.sampled_from(HOSTS),
    st.sampled_from(SLUGS),
    st.sampled_from(DAYS),
    st.sampled_from(["1", "516891", "1234567890123", "x"]),
    st.sampled_from(ENDS),
    st.sampled_from(TAILS),
)
CHARACTERS = "/\\.:?#%@[] \t\n\x00\x1fsх_·\u3000\u2100\uff0e0"


@st.composite
def disturbed(draw: st.DrawFn) -> str:
    """A link with some characters put in or taken out."""
    link = draw(links)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(link)))
        link = (
            link[:at]
            + draw(st.sampled_from(["", *CHARACTERS]))
            + link[at + draw(st.integers(0, 1)) :]
        )
    return link


def slow(href: str, base: str) -> ArticleUrl | str | None:
    try:
        return find_article(absolute(href, base))
    except UrlError as error:
        return str(error)


def fast(href: str, base: str) -> ArticleUrl | str | None:
    try:
        return linked_article(href, base)
    except UrlError as error:
        return str(error)


@settings(derandomize=True, max_examples=1000, database=None)
@given(disturbed() | st.text(), st.sampled_from(BASES))
def test_both_ways_agree(href: str, base: str) -> None:
    assert fast(href, base) == slow(href, base)


@pytest.mark.parametrize("host", HOSTS)
def test_both_ways_agree_on_every_form(host: str) -> None:
    for slug in SLUGS:
        for day in DAYS:
            for rest in [*ENDS, *(f".shtml{tail}" for tail in TAILS)]:
                href = f"{host}/{slug}/{day}_516891{rest.removesuffix('.shtml')}"
                assert fast(href, BASES[0]) == slow(href, BASES[0]), href
