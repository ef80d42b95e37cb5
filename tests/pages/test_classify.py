"""What an article's URL has answered. A status of 200 proves nothing, and whatever comes is told apart."""

import pytest
from scrapy.http import HtmlResponse

from guancha import saved, urls
from guancha.items import Article, Outcome
from guancha.pages.answered import Moved
from guancha.pages.article import ArticlePage
from guancha.pages.classify import classify, classify_listing
from guancha.pages.listing import ListingPage
from guancha.pages.rules import Hits
from tests.pages.builder import NOW, TEXT, URL, Page

HOME = (
    "<html><body><dl>"
    + "".join(f"<dt>{chr(65 + n)}</dt>" for n in range(22))
    + "</dl></body></html>"
)
STUB = (
    '<html><body><li class="left left-main"><h3>磨坊</h3><div class="time fix">'
    "<span>10/04/2026 18:53:44</span></div><script>{}</script></li></body></html>"
)
POST = "https://user.guancha.cn/main/content?id=7"
CHALLENGE = "<html><head><script>{}</script></head><body>请稍候</body></html>"


def answer(
    body: bytes | str = b"", status: int = 200, url: str = URL, **headers: str
) -> ArticlePage | Moved | Outcome:
    raw = body if isinstance(body, bytes) else body.encode()
    response = HtmlResponse(url, status=status, headers=headers, body=raw)
    return classify(response, urls.article(URL), NOW)


def verdict(found: ArticlePage | Moved | Outcome) -> str:
    return found.kind if isinstance(found, Outcome) else type(found).__name__


def test_an_article() -> None:
    assert isinstance(answer(Page().html), ArticlePage)


@pytest.mark.parametrize(
    ("script", "target"),
    [
        (f'window.location.href="{POST}";', POST),
        (f"location.replace('{POST}')", POST),
        ('top.location = "//member.guancha.cn/post?id=9"', "https://member.guancha.cn/post?id=9"),
        (
            'location.href="/economy/2020_01_02_3.shtml"',
            "https://www.guancha.cn/economy/2020_01_02_3.shtml",
        ),
        (f'location.href="https://m.guancha.cn/x/"; location.href="{POST}"', POST),
        ('location.href="https://user.guancha.cn/login"', None),
        ("var a = 1;", None),
        ('location.href="http://[broken"', None),
    ],
)
def test_a_stub(script: str, target: str | None) -> None:
    found = answer(STUB.format(script))
    assert isinstance(found, Outcome)
    assert (found.kind, found.target_url, found.http_status) == ("stub", target, 200)
    assert (found.url, found.article_id, found.stream) == (URL, "500100", "articles")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, "", "gone"),
        (410, "", "gone"),
        (404, Page().html, "gone"),
        (200, HOME, "gone"),
        (403, "", "error"),
        (429, "", "error"),
        (500, Page().html, "error"),
        (503, "", "error"),
        (206, Page().html, "error"),
        (204, "", "error"),
    ],
)
def test_by_status(status: int, body: str | bytes, kind: str) -> None:
    assert verdict(answer(body, status)) == kind


REDIRECTS = {
    "https://www.guancha.cn/": "gone",
    "/": "gone",
    "https://www.guancha.cn/?s=dhshouye": "gone",
    "https://www.guancha.cn/economy": "gone",
    "https://www.guancha.cn/economy/2020_03_04_500100.shtml": "Moved",
    "https://m.guancha.cn/WangWu/2020_03_04_500100.shtml": "Moved",
    "//guancha.cn/WangWu/2020_03_04_500100.shtml?s=1": "Moved",
    "../economy/2020_03_05_500100_2.shtml": "Moved",
    "/economy/2020_03_04_500101.shtml": "stub",
    POST: "stub",
    "https://member.guancha.cn/post/view?id=1": "stub",
    "https://example.org/WangWu/2020_03_04_500100.shtml": "offsite",
    "https://www.guancha.cn.example.org/": "offsite",
    "http://127.0.0.1/": "offsite",
    "http://[::1]/": "offsite",
    "http://169.254.169.254/latest/meta-data": "offsite",
    "https://user:pass@www.guancha.cn/WangWu/2020_03_04_500100.shtml": "offsite",
    "https://www.guancha.cn:8443/WangWu/2020_03_04_500100.shtml": "offsite",
    "javascript:alert(1)": "offsite",
    "data:text/html,x": "offsite",
    "file:///etc/passwd": "offsite",
    "ftp://www.guancha.cn/": "offsite",
    "http://[broken": "error",
    "https://www.guancha.cn:port/": "error",
    "x" * 3000: "error",
}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize(
    ("location", "kind"), REDIRECTS.items(), ids=[key[:50] for key in REDIRECTS]
)
def test_a_redirect(location: str, kind: str, status: int) -> None:
    found = answer(Page().html, status, Location=location)
    assert verdict(found) == kind
    if isinstance(found, Outcome):
        assert (found.http_status, found.url) == (status, URL)


def test_a_redirect_to_nowhere_is_no_article() -> None:
    assert verdict(answer(Page().html, 302)) == "error"
    assert verdict(answer(Page().html, 302, Location=" ")) == "error"
    assert verdict(answer(Page().html, 304)) == "error"


@pytest.mark.parametrize(
    "script",
    ["document.cookie='a=1';location.reload()", "location.href='/?k=' + k", "window.location = u"],
)
def test_a_challenge(script: str) -> None:
    assert verdict(answer(CHALLENGE.format(script))) == "challenge"


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        (Page().html.replace(b"all-txt", b"new-txt"), "article/body"),
        (Page(times="").html.replace(b"all-txt", b"new-txt"), "article/body"),
        ("<html><body><p>维护中</p></body></html>", "article/node"),
        (
            f"<html><body>{TEXT * 40}<script>location.href='/'</script></body></html>",
            "article/node",
        ),
    ],
)
def test_a_layout(body: str | bytes, missing: str) -> None:
    found = answer(body)
    assert isinstance(found, Outcome)
    assert found.kind == "layout"
    assert missing in (found.detail or "")


HTML = Page().html
NOT_PAGES: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\t ",
    "NULs": b"\0" * 500,
    "UTF-16": Page().html.decode().encode("utf-16"),
    "UTF-16 without a mark": Page().html.decode().encode("utf-16-le"),
    "GBK": Page().html.decode().encode("gbk"),
    "latin-1": b"<html><body><h3>caf\xe9</h3></body></html>",
    "binary": bytes(range(256)) * 40,
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + bytes(range(128, 256)),
    "<": b"<",
    "a comment": b"<!-- nothing here -->",
    "an open comment": b"<!-- " + HTML,
    "text": "磨坊".encode(),
    "JSON": b'{"code": 0}',
    "cut in a character": HTML[: HTML.index("磨坊".encode()) + 1],
    "a lone surrogate": b"<html><body>\xed\xa0\x80</body></html>",
}


@pytest.mark.parametrize("name", NOT_PAGES)
def test_what_is_no_page_is_an_error(name: str) -> None:
    found = answer(NOT_PAGES[name])
    assert isinstance(found, Outcome)
    assert found.kind == "error"
    assert found.detail


def test_a_page_sown_with_nuls_is_read() -> None:
    found = answer(Page().html.replace("磨坊".encode(), "磨\0坊".encode()))
    assert isinstance(found, ArticlePage)
    assert found.article().title == "磨坊"


@pytest.mark.parametrize("charset", ["gbk", "latin-1", "utf-16", "nonsense"])
def test_a_wrong_charset_is_not_believed(charset: str) -> None:
    html = Page().html.replace(b'charset="utf-8"', f'charset="{charset}"'.encode())
    found = answer(html, **{"Content-Type": f"text/html; charset={charset}"})
    assert isinstance(found, ArticlePage)
    assert found.article().title == "磨坊"


def test_a_mark_of_the_byte_order_is_no_text() -> None:
    found = answer(b"\xef\xbb\xbf" + Page().html)
    assert isinstance(found, ArticlePage)
    assert found.article().title == "磨坊"


@pytest.mark.parametrize(("depth", "kind"), [(1_000, "ArticlePage"), (50_000, "error")])
def test_deep_nesting_is_read_or_refused_but_not_shortened(depth: int, kind: str) -> None:
    found = answer(Page(body=f"{TEXT}{'<div>' * depth}{TEXT}{'</div>' * depth}{TEXT}").html)
    assert verdict(found) == kind
    assert not isinstance(found, ArticlePage) or len(found.article().paragraphs) == 3


def test_a_huge_page_is_read_whole() -> None:
    count = 5_000_000 // len(TEXT.encode())
    found = answer(Page(body=TEXT * count).html)
    assert isinstance(found, ArticlePage)
    assert len(found.article().paragraphs) == count


ANSWERS: list[tuple[str, int, bytes | str, str]] = [
    ("the home page", 200, HOME, "gone"),
    ("nothing there", 404, "", "gone"),
    ("no links", 200, "<html><body><p>无</p></body></html>", "layout"),
    ("cut", 200, f'<html><body><a href="{URL}">磨坊</a>', "error"),
    ("challenge", 200, CHALLENGE.format("location.reload()"), "challenge"),
    ("empty", 200, "", "error"),
    ("failed", 503, "", "error"),
    ("sound", 200, f'<html><body><a href="{URL}">磨坊</a></body></html>', "ListingPage"),
]


@pytest.mark.parametrize(
    ("status", "body", "kind"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)
def test_a_listing(status: int, body: bytes | str, kind: str) -> None:
    raw = body if isinstance(body, bytes) else body.encode()
    asked = "https://www.guancha.cn/economy/list_1.shtml"
    found = classify_listing(HtmlResponse(asked, status=status, body=raw), asked, NOW)
    assert (found.kind if isinstance(found, Outcome) else type(found).__name__) == kind
    assert not isinstance(found, Outcome) or found.article_id is None


@pytest.mark.parametrize("location", ["/", "/economy", URL, "https://example.org/", "http://[x"])
def test_a_listing_that_sends_away_is_none(location: str) -> None:
    asked = "https://www.guancha.cn/economy/list_99.shtml"
    response = HtmlResponse(asked, status=302, headers={"Location": location})
    found = classify_listing(response, asked, NOW)
    assert isinstance(found, Outcome)
    assert not isinstance(found, ListingPage)


@pytest.mark.parametrize(
    ("asked", "location", "there"),
    [
        ("column/CaiJing", "/column/CaiJing/", "https://www.guancha.cn/column/CaiJing/"),
        ("mainnews-gd/", "https://m.guancha.cn/mainnews-gd", "https://www.guancha.cn/mainnews-gd"),
    ],
)
def test_a_listing_that_moves_by_a_slash_is_followed(asked: str, location: str, there: str) -> None:
    url = f"https://www.guancha.cn/{asked}"
    response = HtmlResponse(url, status=301, headers={"Location": location})
    assert classify_listing(response, url, NOW) == Moved(there)


def test_a_few_bad_bytes_do_not_cost_an_article() -> None:
    page = Page(body=TEXT * 200, head='<meta name="Description" content="磨坊昨">').html
    broken = page.replace('昨"'.encode(), "昨".encode()[:2] + b'"')
    found = saved.record(broken, URL, NOW)
    assert isinstance(found, Article)
    assert found.description == "磨坊\ufffd"


def test_a_refused_page_counts_its_rules() -> None:
    hits = Hits()
    page = Page().html.replace(b"all-txt", b"new-txt")
    found = classify(HtmlResponse(URL, body=page), urls.article(URL), NOW, hits)
    assert isinstance(found, Outcome)
    assert (found.kind, hits["article/node/1"], hits["article/body/1"]) == ("layout", 1, 0)
    assert "article/body/1" in hits
