"""Real pages, mutated: whatever comes, no error but our own, and no record that can't be written.

``GUANCHA_MUTATIONS`` sets the number of mutated pages; by default it is small and always the same ones.
"""

import json
import os
from dataclasses import asdict, dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guancha import saved
from guancha.exceptions import GuanchaError
from guancha.items import Article
from guancha.jsonlines import line
from tests import shared

MUTATIONS = int(os.environ.get("GUANCHA_MUTATIONS", "300"))
PAGES = (
    *shared.ARTICLES,
    "stub-2026",
    "home-2020",
    "home-2026-excerpt",
    "mainnews-sp-2026-excerpt",
    "column-2026-excerpt",
)
URL = "https://www.guancha.cn/WangWen/2019_09_07_516891.shtml"
TAGS = "a br div em figure h3 h4 html iframe img li p script span strong style table td title ul video".split()
SNIPPETS = [
    b"<!--",
    b"-->",
    b"<script>",
    b"<![CDATA[",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"</html>",
    b"<svg><p>",
    b"<plaintext>",
    b"<base href='http://[x'>",
    b'<a href="http://[::1">x</a>',
    b'<a href="//www.guancha.cn:x/a/2020_01_02_3.shtml">x</a>',
    b'<a href="/a/2020_02_31_3.shtml">x</a>',
    b'<img src="data:image/png;base64,AAAA">',
    b"&#0;&#xD800;&#x110000;&#xFFFE;",
    b"\xef\xbf\xbe\xe2\x80\xa8",
    b"\xed\xa0\x80",
    "【文/张三】（".encode(),
    "99999999999999999小时前".encode(),
    b"2019-02-31 25:61:61",
    "٣٣٣".encode(),
    "评论 9999999999999999999万".encode(),
]


@dataclass(frozen=True)
class Mutation:
    """One change: what is done where (as a share of the page), how far it reaches, and with what."""

    kind: str
    place: float
    reach: int
    other: float
    what: int

    def apply(self, page: bytes, donor: bytes) -> bytes:
        start = int(self.place * len(page))
        end = min(start + self.reach, len(page))
        match self.kind:
            case "flip":
                changed = bytes(byte ^ (1 << self.what % 8) for byte in page[start:end][:8])
                return page[:start] + changed + page[start + len(changed) :]
            case "delete":
                return page[:start] + page[end:]
            case "double":
                return page[:end] + page[start:]
            case "splice":
                return page[:start] + donor[int(self.other * len(donor)) :]
            case "graft":
                cut = int(self.other * len(donor))
                return page[:start] + donor[cut : cut + self.reach] + page[end:]
            case "insert":
                return page[:start] + SNIPPETS[self.what % len(SNIPPETS)] + page[start:]
            case _:
                old, new = (TAGS[n % len(TAGS)].encode() for n in (self.what, self.reach))
                return page.replace(b"<" + old, b"<" + new).replace(b"</" + old, b"</" + new)


mutations = st.builds(
    Mutation,
    kind=st.sampled_from(["flip", "delete", "double", "splice", "graft", "insert", "tag"]),
    place=st.floats(0, 1),
    reach=st.integers(1, 5000),
    other=st.floats(0, 1),
    what=st.integers(0, 255),
)


@settings(
    max_examples=MUTATIONS,
    derandomize=MUTATIONS <= 300,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    name=st.sampled_from(PAGES),
    donor=st.sampled_from(PAGES),
    changes=st.lists(mutations, min_size=1, max_size=4),
    whole_characters=st.booleans(),
)
def test_mutated_pages(
    name: str, donor: str, changes: list[Mutation], whole_characters: bool
) -> None:
    page = shared.page(name)
    for change in changes:
        page = change.apply(page, shared.page(donor))
    if whole_characters:
        # Else nearly all of them would end as "not UTF-8", and the rules see none.
        page = page.decode("utf-8", "ignore").encode()
    assert_handled(page)


def assert_handled(page: bytes) -> None:
    try:
        record = saved.record(page, URL, shared.CRAWLED)
        entries = saved.links(page, URL, shared.CRAWLED)
    except GuanchaError:
        return
    read = json.loads(line(record))
    assert read == asdict(record)
    assert all(entry.article.canonical.isascii() for entry in entries)
    if isinstance(record, Article):
        assert read["text"] == "\n\n".join(read["paragraphs"])
        assert set(read["subheadings"]) <= set(read["paragraphs"])
        positions = [each["position"] for each in [*read["images"], *read["videos"]]]
        assert all(0 <= position <= len(read["paragraphs"]) for position in positions)
        assert all(0 <= each["paragraph"] < len(read["paragraphs"]) for each in read["links"])


@settings(max_examples=MUTATIONS, derandomize=MUTATIONS <= 300, database=None, deadline=None)
@given(st.binary(max_size=400))
def test_noise(page: bytes) -> None:
    assert_handled(page)


@settings(max_examples=MUTATIONS, derandomize=MUTATIONS <= 300, database=None, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *SNIPPETS,
                b"<li class='left left-main'><h3>x</h3><div class='time fix'>"
                b"<span>2020-01-02 03:04:05</span></div><div class='all-txt'>",
                b"</div>",
                b"<p>",
                b"x",
            ]
        ),
        max_size=12,
    )
)
def test_snippets_in_a_row(snippets: list[bytes]) -> None:
    assert_handled(b"".join(snippets) + b"</html>")
