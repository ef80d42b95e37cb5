"""A record as a line."""

import json
from dataclasses import asdict, replace

from guancha.items import Author, Related
from guancha.jsonlines import line
from tests.store.records import article


def test_a_line_has_all_fields_in_the_order_of_the_dictionary() -> None:
    related = [Related("hot", "2", "https://a/2.shtml", "题", None, None, 3)]
    record = replace(article(1, "正文“引”。"), related=related, authors=[Author("甲", "author")])

    assert line(record) == json.dumps(asdict(record), ensure_ascii=False).encode() + b"\n"
