"""What an answer that should be JSON is."""

from datetime import datetime

import pytest
from scrapy.http import HtmlResponse, Response

from guancha.items import Outcome
from guancha.pages.payload import classify_json

NOW = datetime.fromisoformat("2026-10-05T20:00:00+08:00")
URL = "https://user.guancha.cn/comment/cmt-list.json?codeId=1&codeType=1"
HOME = "https://www.guancha.cn/"


def moved(target: str) -> Response:
    return Response(URL, 302, headers={"Location": target})


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (moved(HOME), "gone"),
        (moved("https://user.guancha.cn/main/index"), "gone"),
        (moved("https://user.guancha.cn/user/login?next=x"), "layout"),
        (moved("https://elsewhere.example/"), "offsite"),
        (Response(URL, 302), "error"),
        (Response(URL, 404), "gone"),
        (Response(URL, 503), "error"),
        (HtmlResponse(URL, body=b"<html><p>new</p></html>"), "layout"),
        (HtmlResponse(URL, body=b"<html><p>new"), "error"),
        (Response(URL, body=b"\xff\xfe"), "error"),
    ],
)
def test_what_is_no_json_is_told(response: Response, kind: str) -> None:
    outcome = classify_json(response, URL, NOW, "comments", article_id="7")

    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.stream, outcome.article_id) == (kind, "comments", "7")


def test_json_is_read() -> None:
    assert classify_json(Response(URL, body=b'cb({"code": 0})'), URL, NOW, "comments") == {
        "code": 0
    }
