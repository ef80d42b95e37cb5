"""The traps of the body: one row each, from mark-up to where each text belongs."""

from dataclasses import dataclass

import pytest

from guancha import saved
from guancha.items import Outcome
from tests.pages.builder import NOW, TEXT, URL, Page

LINE = "河边的磨坊昨天又开了门。"
NOTICE = "本文系观察者网独家稿件，未经授权，不得转载。"
PICTURE = '<p><img src="https://i.guancha.cn/a.jpg"></p>'
OTHER = '<p><img src="https://i.guancha.cn/b.jpg"></p>'
GREY = '<p align="center"><span style="color:#999999;">{}</span></p>'
PLAYER = '<iframe name="videoiframe" src="https://v.example.cn/1.mp4"></iframe>'


@dataclass(frozen=True)
class Case:
    name: str
    markup: str
    paragraphs: tuple[str, ...] = ()
    captions: tuple[str | None, ...] = ()
    bylines: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    discarded: tuple[str, ...] = ()
    subheadings: tuple[str, ...] = ()


CASES = [
    Case(
        "byline alone",
        f"<p>【文/观察者网 张三】</p>{TEXT}",
        (LINE,),
        bylines=("【文/观察者网 张三】",),
    ),
    Case(
        "byline opens",
        f"<p>【文/观察者网 张三】{LINE}</p>",
        (LINE,),
        bylines=("【文/观察者网 张三】",),
    ),
    Case(
        "byline closes",
        f"<p>一。</p><p>{LINE}（观察者网张三译自某报）</p><p>{NOTICE}</p>",
        ("一。", LINE),
        bylines=("（观察者网张三译自某报）",),
        notices=(NOTICE,),
    ),
    Case(
        "byline below the first picture",
        PICTURE + GREY.format("磨坊") + f"<p>【文/张三】</p>{TEXT}",
        (LINE,),
        ("磨坊",),
        ("【文/张三】",),
    ),
    Case(
        "brackets in the middle are text",
        f"<p>一。</p><p>【图/张三】见。{LINE}</p>{TEXT}",
        ("一。", f"【图/张三】见。{LINE}", LINE),
    ),
    Case("bold notice", f"{TEXT}<p><strong>{NOTICE}</strong></p>", (LINE,), notices=(NOTICE,)),
    Case(
        "notice twice", f"<p>{NOTICE}</p>{TEXT}<p>{NOTICE}</p>", (LINE,), notices=(NOTICE, NOTICE)
    ),
    Case(
        "notice behind a line break",
        f"<p>一。</p><p>{LINE}<br>{NOTICE}</p>",
        ("一。", LINE),
        notices=(NOTICE,),
    ),
    Case(
        "a book in the middle names no author",
        f"<p>一。</p><p>作者：王小明</p><p>译者：李大海</p>{TEXT}",
        ("一。", "作者：王小明", "译者：李大海", LINE),
    ),
    Case(
        "bold sub-head",
        f"{TEXT}<p><strong>磨坊的来历</strong></p>{TEXT}",
        (LINE, "磨坊的来历", LINE),
        subheadings=("磨坊的来历",),
    ),
    Case("bold in part", f"<p><strong>磨坊</strong>开了门</p>{TEXT}", ("磨坊开了门", LINE)),
    Case(
        "questions of an interview",
        "".join(
            f"<p><strong>{asks}为什么磨坊又开了门？</strong></p>"
            for asks in ("观察者网：", "观察者网:", "记者：", "问：", "观察者网 张三：")
        )
        + TEXT,
        (
            "观察者网：为什么磨坊又开了门？",
            "观察者网:为什么磨坊又开了门？",
            "记者：为什么磨坊又开了门？",
            "问：为什么磨坊又开了门？",
            "观察者网 张三：为什么磨坊又开了门？",
            LINE,
        ),
    ),
    Case(
        "sub-heads with a colon",
        "".join(
            f"<p><strong>{head}</strong></p>{TEXT}"
            for head in ("一、磨坊：从何而来", "结语：未来", "1.背景：旧事")
        ),
        ("一、磨坊：从何而来", LINE, "结语：未来", LINE, "1.背景：旧事", LINE),
        subheadings=("一、磨坊：从何而来", "结语：未来", "1.背景：旧事"),
    ),
    Case(
        "a grey byline below a picture",
        PICTURE + GREY.format("（文/观察者网 张三）") + TEXT,
        (LINE,),
        (None,),
        ("（文/观察者网 张三）",),
    ),
    Case(
        "a byline above an editor line closes",
        f"<p>一。</p><p>{LINE}（观察者网张三译自某报）</p><p>（责任编辑：李四）</p>",
        ("一。", LINE),
        bylines=("（观察者网张三译自某报）",),
        discarded=("（责任编辑：李四）",),
    ),
    Case(
        "another colour within the grey",
        PICTURE + '<p><span style="color:#999999"><span style="color:#000">磨坊</span></span></p>',
        ("磨坊",),
        (None,),
    ),
    Case(
        "grey in other words",
        PICTURE + '<p><span style="color: rgb(153, 153, 153)">磨坊</span></p>' + TEXT,
        (LINE,),
        ("磨坊",),
    ),
    Case(
        "a grey box is a quotation",
        f'<div style="color:#666666"><p>一。</p>{PICTURE}<p>二。</p><p>三。</p></div>',
        ("一。", "二。", "三。"),
        (None,),
    ),
    Case(
        "a long grey paragraph is a quotation",
        PICTURE + GREY.format("磨坊" * 90) + TEXT,
        ("磨坊" * 90, LINE),
        (None,),
    ),
    Case(
        "a bold centred line is no caption",
        PICTURE + '<p align="center"><strong>图自某社</strong></p>' + TEXT,
        ("图自某社", LINE),
        (None,),
        subheadings=("图自某社",),
    ),
    Case("caption by colour", PICTURE + GREY.format("磨坊") + TEXT, (LINE,), ("磨坊",)),
    Case(
        "caption by class",
        PICTURE + '<p class="content-pic-desc">磨坊</p>' + TEXT,
        (LINE,),
        ("磨坊",),
    ),
    Case(
        "figcaption",
        "<figure><img src='/a.jpg'><figcaption>磨坊</figcaption></figure>" + TEXT,
        (LINE,),
        ("磨坊",),
    ),
    Case(
        "caption beside the picture",
        '<p align="center"><img src="/a.jpg"><br><span style="color:#666666">磨坊</span></p>'
        + TEXT,
        (LINE,),
        ("磨坊",),
    ),
    Case(
        "caption by its credit",
        PICTURE + '<p style="text-align: center">磨坊 图自某社</p>' + TEXT,
        (LINE,),
        ("磨坊 图自某社",),
    ),
    Case(
        "two pictures, one caption",
        PICTURE + OTHER + GREY.format("磨坊") + TEXT,
        (LINE,),
        (None, "磨坊"),
    ),
    Case(
        "two captions, one picture",
        PICTURE + GREY.format("甲") + GREY.format("乙") + TEXT,
        (LINE,),
        ("甲 乙",),
    ),
    Case("no caption", PICTURE + TEXT, (LINE,), (None,)),
    Case("grey without a picture", TEXT + GREY.format("注：存疑"), (LINE, "注：存疑")),
    Case("picture between words", '<p>前<img src="/a.jpg">后</p>', ("前后",), (None,)),
    Case("pictures alone", PICTURE + OTHER, (), (None, None)),
    Case("a player", f"<p>{PLAYER}</p>", (), (None,)),
    Case("a player with words", PLAYER + GREY.format("视频截图") + TEXT, (LINE,), ("视频截图",)),
    Case(
        "table",
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>",
        ("甲 乙", "1 2"),
    ),
    Case("quotation", "<blockquote><p>甲</p>乙</blockquote>" + TEXT, ("甲", "乙", LINE)),
    Case("list", "<ul><li>甲<li>乙</ul>", ("甲", "乙")),
    Case("bare text", f"甲{TEXT}乙<div>丙</div>丁", ("甲", LINE, "乙", "丙", "丁")),
    Case("line breaks", "<p>甲<br>乙<br><br>丙</p>", ("甲 乙", "丙")),
    Case("white space", "<p>\n\t\u3000\u3000甲&nbsp;&nbsp;乙\n</p><p>&nbsp;</p>", ("甲 乙",)),
    Case("hidden", f'<p style="display:none">广告</p>{TEXT}', (LINE,), discarded=("广告",)),
    Case(
        "hidden in part",
        '<p>甲<span style="display: none;">暗</span>乙</p>',
        ("甲", "乙"),
        discarded=("暗",),
    ),
    Case("hidden picture", f'<div style="display:none"><img src="/a.jpg"></div>{TEXT}', (LINE,)),
    Case("hidden by its attribute", f"<p hidden>广告</p>{TEXT}", (LINE,), discarded=("广告",)),
    Case(
        "words for browsers without players",
        f'<video><source src="/a.mp4">太旧了</video>{TEXT}',
        (LINE,),
        (None,),
        discarded=("太旧了",),
    ),
    Case(
        "editor line",
        f"{TEXT}<p>（责任编辑：李四）</p>",
        (LINE,),
        discarded=("（责任编辑：李四）",),
    ),
    Case("script and style", f"<script>var a='甲';</script><style>p{{}}</style>{TEXT}", (LINE,)),
    Case("comment", f"<!-- <p>甲</p> -->{TEXT}", (LINE,)),
    Case("entities", "<p>甲 &lt;b&gt; &amp;amp; &#20057;</p>", ("甲 <b> &amp; 乙",)),
    Case("unclosed", "<p>甲<p><strong>乙</p><p>丙", ("甲", "乙", "丙")),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_body(case: Case) -> None:
    body = Page(body=case.markup).read().body()
    assert tuple(body.paragraphs) == case.paragraphs
    media = sorted([*body.images, *body.videos], key=lambda each: each.position)
    assert tuple(each.caption for each in media) == case.captions
    assert tuple(body.bylines) == case.bylines
    assert tuple(body.notices) == case.notices
    assert tuple(body.discarded) == case.discarded
    assert set(case.subheadings) <= set(body.subheadings) <= set(case.paragraphs)


@pytest.mark.parametrize("name", ["bold notice", "bold in part", "notice twice"])
def test_no_sub_head(name: str) -> None:
    [case] = [case for case in CASES if case.name == name]
    assert Page(body=case.markup).read().body().subheadings == []


@pytest.mark.parametrize(
    ("markup", "content_type"),
    [
        (TEXT, "text"),
        (TEXT + PICTURE, "text"),
        (PICTURE, "images"),
        (PLAYER, "video"),
        (PLAYER + PICTURE, "video"),
        (PLAYER + TEXT, "mixed"),
    ],
)
def test_what_kind_of_content(markup: str, content_type: str) -> None:
    article = Page(body=markup).article()
    assert article.content_type == content_type
    assert bool(article.text) == (content_type in ("text", "mixed"))


@pytest.mark.parametrize("markup", ["", "<p>&nbsp;</p>", f"<p>{NOTICE}</p>", '<p><img src=""></p>'])
def test_a_body_without_content_is_no_article(markup: str) -> None:
    outcome = saved.record(Page(body=markup).html, URL, NOW)
    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.detail) == ("layout", "content_type: missing")


def test_positions_and_links() -> None:
    link = '<a href="http://m.guancha.cn/x/2020_01_02_3_2.shtml?s=a">前事</a>'
    more = '<a href="javascript:void(0)">无</a><a href="#top">上</a><a href="//user.guancha.cn/x">甲</a>'
    body = Page(body=f"{PICTURE}{TEXT}<p>{link}{more}</p>{OTHER}").read().body()
    assert [image.position for image in body.images] == [0, 2]
    assert [(found.text, found.url, found.paragraph) for found in body.links] == [
        ("前事", "https://www.guancha.cn/x/2020_01_02_3.shtml", 1),
        ("甲", "https://user.guancha.cn/x", 1),
    ]


def test_a_lazy_picture_is_where_it_says_it_will_be() -> None:
    lazy = '<p><img class="lazy" src="/loading.gif" data-original="//i.guancha.cn/a.jpg!m.jpg"></p>'
    [image] = Page(body=lazy).read().body().images
    assert image.url == "https://i.guancha.cn/a.jpg!m.jpg"


def test_a_stray_closing_tag_is_loud() -> None:
    page = Page(body="<p>第一段。</p></div><p>第二段。</p><div>").html
    yielded = saved.record(page, URL, NOW)

    assert isinstance(yielded, Outcome)
    assert yielded.kind == "layout"
    assert "第二段" in (yielded.detail or "")


def test_two_bodies_are_read_as_one() -> None:
    body = '<p>第一段。</p></div><div class="content all-txt"><p>第二段。</p>'

    assert Page(body=body).article().paragraphs == ["第一段。", "第二段。"]


PLAYERS = {
    "a frame by its name": (PLAYER, "https://v.example.cn/1.mp4"),
    "a frame that may fill the screen": (
        '<iframe src="https://v.example.cn/x" allowfullscreen></iframe>',
        "https://v.example.cn/x",
    ),
    "a house": (
        '<iframe src="https://open.video.example.cn/embed/x"></iframe>',
        "https://open.video.example.cn/embed/x",
    ),
    "a map": ('<iframe src="https://map.example.cn/x"></iframe>', None),
    "Flash": (
        '<object classid="x"><param name="movie" value="https://v.example.cn/1.swf">'
        '<embed src="https://v.example.cn/1.swf"></object>',
        "https://v.example.cn/1.swf",
    ),
    "Flash without its parameter": (
        '<object><embed src="https://v.example.cn/2.swf"></object>',
        "https://v.example.cn/2.swf",
    ),
    "sources": (
        '<video><source src="/1.mp4"><source src="/1.webm"></video>',
        "https://www.guancha.cn/1.mp4",
    ),
}


@pytest.mark.parametrize("name", PLAYERS)
def test_one_player_is_one_video(name: str) -> None:
    markup, url = PLAYERS[name]
    article = Page(body=f"{TEXT}<p>{markup}</p>").article()

    assert [video.url for video in article.videos] == ([url] if url else [])
    assert article.content_type == ("mixed" if url else "text")
