"""JSON as the site answers it: hostile like any page. Values that are not what they should be are absent."""

import json
import re
from datetime import datetime
from typing import Any

from scrapy.http import Response

from guancha import urls
from guancha.exceptions import PageError
from guancha.items import Outcome
from guancha.pages.answered import Answered, Moved
from guancha.pages.document import parse as parse_page

Object = dict[str, Any]
MOST = 2**53
"""No number is as large, nor would every reader of JSON keep it."""
# The site's own scripts ask for JSONP.
_WRAPPED = re.compile(r"\s*[\w$.]{1,100}\s*\((.*)\)\s*;?\s*", re.DOTALL)


def classify_json(
    response: Response, requested: str, date: datetime, stream: str, **ids: str | None
) -> Object | Outcome:
    """The JSON object of an answer, or what it is in place of one; never raises.

    ``ids`` are article_id or post_id of the outcome.
    """
    answer = Answered(response, requested, date, stream=stream, **ids)
    if answer.is_redirect:
        there = answer.redirect()
        target = there.url if isinstance(there, Moved) else there.target_url
        if target is None or urls.is_front(target) or urls.kind(target) is urls.Kind.OFFSITE:
            return answer.outcome("gone", target) if isinstance(there, Moved) else there
        # To a log-in, say: that tells nothing of what was asked for.
        return answer.outcome("layout", target, "sent elsewhere than to the home page")
    if refused := answer.refused():
        return refused
    try:
        return parse(response.body)
    except PageError as error:
        said = str(error)
    try:
        return answer.unknown(parse_page(response.body), said)
    except PageError:
        return answer.outcome("error", detail=said)


def parse(body: bytes) -> Object:
    """The object in an answer; a list is taken for its ``items``. Raises PageError for anything else.

    >>> parse(b'cb({"code": 0});'), parse(b'[{"id": 1}]')
    ({'code': 0}, {'items': [{'id': 1}]})
    """
    try:
        text = body.decode("utf-8-sig").replace("\0", "")
        wrapped = _WRAPPED.fullmatch(text)
        found = json.loads(wrapped[1] if wrapped else text)
    except (ValueError, RecursionError) as error:
        raise PageError(f"not JSON: {str(error)[:100]}") from error
    if isinstance(found, list):
        found = {"items": found}
    if not isinstance(found, dict):
        raise PageError(f"not a JSON object: {text[:60]!r}")
    return found


def string(found: Object, key: str) -> str | None:
    """A text, or a number as one; None for anything else and for an empty one.

    >>> string({"id": 17}, "id"), string({"id": True}, "id"), string({"id": " "}, "id")
    ('17', None, None)
    """
    value = found.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < MOST else None
    return value if isinstance(value, str) and value.strip() else None


def digits(found: Object, key: str) -> str | None:
    """A number that identifies something; None for 0, which stands for none.

    >>> digits({"id": "17"}, "id"), digits({"id": 0}, "id"), digits({"id": "x"}, "id")
    ('17', None, None)
    """
    value = string(found, key) or ""
    return value if re.fullmatch(r"[1-9][0-9]{0,15}", value) else None


def count(found: Object, key: str) -> int | None:
    """A whole number from 0 on, also as a text.

    >>> count({"n": "12"}, "n"), count({"n": -1}, "n"), count({"n": None}, "n")
    (12, None, None)
    """
    value = string(found, key) or ""
    return int(value) if re.fullmatch(r"[0-9]{1,15}", value) else None


def objects(found: Object, key: str) -> list[Object]:
    """The objects of a list; what is no object is passed over.

    >>> objects({"items": [{"id": 1}, 2]}, "items"), objects({"items": None}, "items")
    ([{'id': 1}], [])
    """
    value = found.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
