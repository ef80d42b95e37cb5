"""Synthetic pages of readers' posts, in the mark-up that others report: no real one was at hand."""

from dataclasses import dataclass
from datetime import datetime

from guancha import urls
from guancha.items import Post
from guancha.pages.document import parse
from guancha.pages.post import PostPage

POST, WRITER, NAME = "170204", "90210", "磨坊主"
NOW = datetime.fromisoformat("2026-10-05T12:00:00+08:00")
TEXT = "<p>河边的磨坊昨天又开了门。</p>"


@dataclass(frozen=True)
class PostHtml:
    """The parts of a page, each as mark-up; what is not named is as plain as it gets."""

    body: str = TEXT
    title: str = "磨坊开门了"
    time: str = "昨天 18:30"
    head: str = ""
    """Between writer and body: topics and counts."""
    after: str = ""
    """Below the body: a pager."""

    @property
    def html(self) -> bytes:
        """The page as served."""
        home = f"/user/personal-homepage?uid={WRITER}"
        return (
            '<!DOCTYPE html><html><head><meta charset="utf-8"><title>风闻</title></head><body>\n'
            f'<div class="article-content"><h1>{self.title}</h1><div class="user-box">'
            f'<a href="{home}"><img src="/a.jpg"></a><div class="user-main"><h4>'
            f'<a href="{home}">{NAME}</a></h4><span class="time1">{self.time}</span></div></div>\n'
            f'{self.head}<div class="article-txt"><div class="article-txt-content">{self.body}'
            f"</div></div>{self.after}</div>\n"
            f'<div id="comments-container" data-id="{POST}" data-type="2"></div></body></html>\n'
        ).encode()

    def read(self) -> PostPage:
        """The page, parsed."""
        return PostPage(POST, parse(self.html), NOW)

    def post(self) -> Post:
        """The record that it yields."""
        return self.read().post()


def pager(*numbers: int) -> str:
    """Links to the pages of the post."""
    url = urls.post(POST).removeprefix("https://user.guancha.cn")
    return "".join(f'<a href="{url}&amp;page={number}">{number}</a>' for number in numbers)


def item(number: int | str, title: str = "标题") -> str:
    """An entry of a list."""
    link = f"/main/content?id={number}&amp;s=fwzxfbbt"
    return (
        f'<li class="index-list-item"><div class="list-item"><a href="{link}"><img></a>'
        f'<h4><a href="{link}">{title}{number}</a></h4></div></li>'
    )


def fragment(*numbers: int | str) -> str:
    """A list of posts as a piece of a page."""
    return f"<ul>{''.join(map(item, numbers))}</ul>"
