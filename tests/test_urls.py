"""URLs: every form and noise that the site prints, and every trap that somebody else may set."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guancha import urls
from guancha.exceptions import UrlError
from guancha.urls import Kind, absolute, article, find_article, is_slug, kind, printable, slug

BASE = "https://www.guancha.cn/WangWu/2019_09_07_516891.shtml"
CANONICAL = "https://www.guancha.cn/internation/2019_09_07_516900.shtml"
DOTTED = "https://www.guancha.cn/GuoJi%C2%B7ZhanLue/2026_09_27_902431.shtml"

FORMS = {
    "absolute https": CANONICAL,
    "absolute http": "http://www.guancha.cn/internation/2019_09_07_516900.shtml",
    "without a scheme": "//www.guancha.cn/internation/2019_09_07_516900.shtml",
    "from the root": "/internation/2019_09_07_516900.shtml",
    "from above": "../internation/2019_09_07_516900.shtml",
    "mobile": "https://m.guancha.cn/internation/2019_09_07_516900.shtml",
    "bare domain": "https://guancha.cn/internation/2019_09_07_516900.shtml",
    "ports of the schemes": "https://www.guancha.cn:443/internation/2019_09_07_516900.shtml",
    "loud host": "HTTPS://WWW.GUANCHA.CN/internation/2019_09_07_516900.shtml",
    "second page": "/internation/2019_09_07_516900_2.shtml",
    "full text": "/internation/2019_09_07_516900_s.shtml",
    "comments": "/internation/2019_09_07_516900.shtml#comment",
    "web": "/internation/2019_09_07_516900.shtml?web",
    "all at once": "//m.guancha.cn/internation/2019_09_07_516900_12.shtml?s=zwytt&web#comment",
    "spaces around": " \t/internation/2019_09_07_516900.shtml\r\n",
    "a line break inside": "/internation/2019_09_07\n_516900.shtml",
    "encoded for nothing": "/%69nternation/2019_09_07_516900.shtml",
}
NOISE = "sywglbt syztbq dhshouye zwyxgtjdt zwyxgtjbt zwyxgtjzt zwyess zwytt zwyzxw zwybjwzbt zwyzxsp zwyzzwzbt"


@pytest.mark.parametrize("href", FORMS.values(), ids=FORMS)
def test_forms_of_one_link(href: str) -> None:
    url = absolute(href, BASE)
    assert kind(url) is Kind.ARTICLE
    assert article(url).canonical == CANONICAL


@pytest.mark.parametrize("value", NOISE.split())
def test_noise_is_dropped(value: str) -> None:
    assert article(f"{CANONICAL}?s={value}").canonical == CANONICAL
    assert printable(f"https://www.guancha.cn/WangWu?s={value}") == "https://www.guancha.cn/WangWu"


@pytest.mark.parametrize("printed", ["GuoJi·ZhanLue", "GuoJi%C2%B7ZhanLue", "GuoJi%c2%b7ZhanLue"])
def test_a_dot_in_a_slug(printed: str) -> None:
    found = article(absolute(f"/{printed}/2026_09_27_902431.shtml?s=dhguojizhanlue", BASE))
    assert (found.slug, found.canonical) == ("GuoJi·ZhanLue", DOTTED)
    assert slug(f"https://www.guancha.cn/column/{printed}/3") == "GuoJi·ZhanLue"


@pytest.mark.parametrize(
    "name", ["internation", "WangWen", "Edward-Luce", "BaiGuangCan2", "000", "a_b"]
)
def test_slugs(name: str) -> None:
    assert is_slug(name)
    assert article(f"https://www.guancha.cn/{name}/2019_09_07_1.shtml").slug == name


def test_pages_of_a_piece() -> None:
    pages = {page: article(CANONICAL.replace(".shtml", f"_{page}.shtml")) for page in ("2", "s")}
    assert [found.page for found in pages.values()] == ["2", "s"]
    assert {found.first for found in pages.values()} == {article(CANONICAL)}
    assert pages["s"].address.endswith("_516900_s.shtml")


NO_ARTICLES = [
    "https://www.guancha.cn/internation/2019_02_30_1.shtml",
    "https://www.guancha.cn/internation/2019_13_01_1.shtml",
    "https://www.guancha.cn/internation/0000_01_01_1.shtml",
    "https://www.guancha.cn/internation/2019_09_07_.shtml",
    "https://www.guancha.cn/internation/2019_09_07_1234567890123.shtml",
    "https://www.guancha.cn/internation/2019_09_07_１２３.shtml",
    "https://www.guancha.cn/internation/２０１９_09_07_1.shtml",
    "https://www.guancha.cn/internation/2019_09_07_1_x.shtml",
    "https://www.guancha.cn/internation/2019_09_07_1_1000.shtml",
    "https://www.guancha.cn/internation/2019_09_07_1.shtml.bak",
    "https://www.guancha.cn/internation/2019_09_07_1.shtml/",
    "https://www.guancha.cn/internation/2019_09_07_1.shtml%0a",
    "https://www.guancha.cn/internation/2019_09_07_1.shtml%00",
    "https://www.guancha.cn/internation//2019_09_07_1.shtml",
    "https://www.guancha.cn//2019_09_07_1.shtml",
    "https://www.guancha.cn/../2019_09_07_1.shtml",
    "https://www.guancha.cn/%2e%2e/2019_09_07_1.shtml",
    "https://www.guancha.cn/a%2fb/2019_09_07_1.shtml",
    "https://www.guancha.cn/a%5Cb/2019_09_07_1.shtml",
    "https://www.guancha.cn/a%252fb/2019_09_07_1.shtml",
    "https://www.guancha.cn/a b/2019_09_07_1.shtml",
    "https://www.guancha.cn/国际/2019_09_07_1.shtml",
    f"https://www.guancha.cn/{'a' * 65}/2019_09_07_1.shtml",
    "https://www.guancha.cn/a;b/2019_09_07_1.shtml",
    "https://www.guancha.cn/x?u=/a/2019_09_07_1.shtml",
    "https://www.guancha.cn/#/a/2019_09_07_1.shtml",
    "https://ｗｗｗ.guancha.cn/internation/2019_09_07_1.shtml",
    "https://www.guancha.cn/Search/2019_09_07_1.shtml",
    "https://www.guancha.cn/df888/2019_09_07_1.shtml",
    "https://i.guancha.cn/a/2019_09_07_1.shtml",
    "https://user.guancha.cn/a/2019_09_07_1.shtml",
]


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_what_is_no_article(url: str) -> None:
    assert find_article(url) is None
    assert kind(url) is not Kind.ARTICLE
    with pytest.raises(UrlError, match="not an article"):
        article(url)


OFFSITE = [
    "https://www.guancha.cn.evil.example/internation/2019_09_07_1.shtml",
    "https://evilguancha.cn/internation/2019_09_07_1.shtml",
    "https://guancha.cn.evil.example/",
    "https://www-guancha.cn/",
    "https://guancha.com/",
    "https://www.guancha.cn@evil.example/internation/2019_09_07_1.shtml",
    "https://user:pass@www.guancha.cn/internation/2019_09_07_1.shtml",
    "https://@www.guancha.cn/",
    "https://:@www.guancha.cn/",
    "https://www.guancha.cn:8443/internation/2019_09_07_1.shtml",
    "https://www.guancha.cn:0/",
    "https://www.guancha.cn:99999/",
    "https://www.guancha.cn:x/",
    "https://evil.example\\@www.guancha.cn/",
    "https://www.guancha.cn\\@evil.example/",
    "https://evil.example#@www.guancha.cn/",
    "https://evil.example?@www.guancha.cn/",
    "https://www.guanchа.cn/internation/2019_09_07_1.shtml",
    "https://www。guancha。cn/internation/2019_09_07_1.shtml",
    "https://www.guancha.cn./",
    "http://127.0.0.1/internation/2019_09_07_1.shtml",
    "http://[::1]/",
    "http://[broken",
    "http://localhost/",
    "http://2130706433/",
    "ftp://www.guancha.cn/",
    "file:///etc/passwd",
    "javascript:location.href='/internation/2019_09_07_1.shtml'",
    "data:text/html,https://www.guancha.cn/internation/2019_09_07_1.shtml",
    "mailto:a@www.guancha.cn",
    "tel:123",
    "about:blank",
    "//www.guancha.cn/",
    "/internation",
    "",
    "x",
]


@pytest.mark.parametrize("url", OFFSITE)
def test_what_is_offsite(url: str) -> None:
    assert kind(url) is Kind.OFFSITE
    assert find_article(url) is None
    assert slug(url) is None


KINDS = {
    "https://www.guancha.cn": Kind.HOME,
    "https://www.guancha.cn/": Kind.HOME,
    "http://www.guancha.cn/?s=dhshouye": Kind.HOME,
    "https://m.guancha.cn/": Kind.HOME,
    "https://www.guancha.cn/internation": Kind.LISTING,
    "https://www.guancha.cn/internation/": Kind.LISTING,
    "https://www.guancha.cn/WangWen/list_1.shtml": Kind.LISTING,
    "https://www.guancha.cn/column/CaiJing?s=dhcaijing": Kind.LISTING,
    "https://www.guancha.cn/column/CaiJing/2": Kind.LISTING,
    "https://www.guancha.cn/mainnews-gd/": Kind.LISTING,
    "https://www.guancha.cn/mainnews-yw/list_2.shtml": Kind.LISTING,
    "https://www.guancha.cn/video/gczvideo/list.html": Kind.LISTING,
    "https://www.guancha.cn/about/about.shtml": Kind.OTHER,
    "https://www.guancha.cn/Search/": Kind.OTHER,
    "https://www.guancha.cn/Search/?k=x": Kind.OTHER,
    "https://www.guancha.cn/df888/": Kind.OTHER,
    "https://www.guancha.cn/df888/list_1.shtml": Kind.OTHER,
    "https://www.guancha.cn/%53earch/": Kind.OTHER,
    "https://www.guancha.cn/a/../b": Kind.OTHER,
    "https://www.guancha.cn/..": Kind.OTHER,
    "https://www.guancha.cn/%2e%2e/": Kind.OTHER,
    "https://www.guancha.cn/api/gundong.htm": Kind.OTHER,
    "https://www.guancha.cn/js/base.js": Kind.OTHER,
    "https://user.guancha.cn/main/content?id=170204&s=zwyess": Kind.POST,
    "https://user.guancha.cn/main/content": Kind.OTHER,
    "https://user.guancha.cn/?s=dhfengwen": Kind.OTHER,
    "https://member.guancha.cn/post/view?id=1": Kind.MEMBER,
    "https://i.guancha.cn/news/a.jpg!m.jpg": Kind.IMAGE,
    "https://app.guancha.cn/": Kind.OTHER,
    CANONICAL: Kind.ARTICLE,
}


@pytest.mark.parametrize(("url", "expected"), KINDS.items())
def test_kinds(url: str, expected: Kind) -> None:
    assert kind(url) is expected


@pytest.mark.parametrize(
    "path", ["Search", "df888", "Search/list_1.shtml", "df888?s=x", "Search/2019_09_07_1.shtml"]
)
def test_what_robots_txt_keeps_out_is_never_followed(path: str) -> None:
    assert kind(f"https://www.guancha.cn/{path}") is Kind.OTHER


@pytest.mark.parametrize(
    "href",
    ["http://[broken", "http://www.guancha.cn:x/", "/" + "a" * 3000, "//[", "http://a:99999/"],
)
def test_what_is_no_url_at_all(href: str) -> None:
    with pytest.raises(UrlError, match="not a URL"):
        absolute(href, BASE)


def test_a_long_url_is_not_quoted_whole() -> None:
    with pytest.raises(UrlError) as error:
        absolute("https://www.guancha.cn/" + "a" * 100_000)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.guancha.cn/WangWu/?s=x#a", "https://www.guancha.cn/WangWu/"),
        ("https://m.guancha.cn", "https://www.guancha.cn/"),
        (
            "https://www.guancha.cn/column/GuoJi·ZhanLue",
            "https://www.guancha.cn/column/GuoJi%C2%B7ZhanLue",
        ),
        ("https://user.guancha.cn/main/content?id=1", "https://user.guancha.cn/main/content?id=1"),
        ("https://example.org/?s=1", "https://example.org/?s=1"),
    ],
)
def test_printable(url: str, expected: str) -> None:
    assert printable(url) == expected


@pytest.mark.parametrize(
    "text", ["", "..", "a/b", "a" * 65, "a b", "a\n", "国际", "a%2fb", "?", "a·\u200b"]
)
def test_no_slugs(text: str) -> None:
    assert not is_slug(text)


PIECES = (
    "http: https: // / .. www.guancha.cn m.guancha.cn @ : 443 [ ] %2f % a GuoJi·ZhanLue 2019_09_07 _"
    " 516891 _2 _s .shtml ?s=x #c \\ \0 １ ⁄"
)
pieces = st.sampled_from([*PIECES.split(), "\n", "\u3000"])
hostile = st.one_of(st.text(max_size=80), st.lists(pieces, max_size=12).map("".join))


@settings(derandomize=True, max_examples=500, database=None)
@given(hostile)
def test_kind_never_raises(text: str) -> None:
    assert isinstance(kind(text), Kind)
    assert (find_article(text) is not None) == (kind(text) is Kind.ARTICLE)


@settings(derandomize=True, max_examples=500, database=None)
@given(hostile)
def test_a_link_is_an_address_or_our_error(text: str) -> None:
    try:
        url = absolute(text, BASE)
    except UrlError:
        return
    assert isinstance(kind(url), Kind)
    found = find_article(url)
    assert found is None or find_article(found.canonical) == found.first


@settings(derandomize=True, max_examples=300, database=None)
@given(
    st.builds(
        "https://{}/{}/{:%Y_%m_%d}_{}{}.shtml{}".format,
        st.sampled_from(sorted(urls.ARTICLE_HOSTS)),
        st.from_regex(r"[A-Za-z0-9_·-]{1,64}", fullmatch=True),
        st.dates(min_value=date(1000, 1, 1)),
        st.from_regex(r"[0-9]{1,12}", fullmatch=True),
        st.sampled_from(["", "_2", "_s", "_999"]),
        st.sampled_from(["", "?s=zwytt", "#comment", "?web"]),
    )
)
def test_canonical_is_a_fixed_point(url: str) -> None:
    found = article(url)
    again = article(found.canonical)
    assert again == found.first
    assert again.canonical == found.canonical
    assert found.canonical.isascii()
