"""The data dictionary as a document: what ``items`` says of every record and field."""

import ast
import inspect

from guancha.items import articles, comments, headlines, outcomes, posts
from guancha.streams import RECORDS

HEAD = """# The data

One line of UTF-8 JSON a record, keys in this order, every key always there; `null` and `[]` say that
the page has none. Times are ISO 8601 with `+08:00`, never finer than the site printed them. Within
schema version 1 keys may be added at the end, never renamed, retyped or removed.

This page is written by `scrapy dictionary`.
"""
STREAMS = {kind.__name__: f"`{name}/YYYY-MM-DD.jsonl`" for name, kind in RECORDS.items()}
"""Class -> its file, in the order of the document; the others are parts of these."""


def markdown() -> str:
    """The whole document."""
    classes = {
        node.name: node
        for module in (articles, outcomes, comments, headlines, posts)
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef)
    }
    order = [*STREAMS, *(name for name in classes if name not in STREAMS)]
    return HEAD + "".join(_table(classes[name]) for name in order)


def _table(node: ast.ClassDef) -> str:
    title = f"{node.name}: {STREAMS[node.name]}" if node.name in STREAMS else node.name
    rows = "".join(f"| `{name}` | {kind} | {words} |\n" for name, kind, words in _fields(node))
    about = _words(ast.get_docstring(node) or "")
    head = "| key | type | meaning |\n|---|---|---|\n"
    return f"\n## {title}\n\n{about}\n\n{head}{rows}"


def _fields(node: ast.ClassDef) -> list[tuple[str, str, str]]:
    """Name, type and docstring of each field; the docstring stands below the field."""
    rows = []
    for field, below in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            words = _words(inspect.cleandoc(str(ast.literal_eval(below.value))))
            kind = ast.unparse(field.annotation).replace(" | None", "?")
            rows.append((ast.unparse(field.target), kind, words))
    return rows


def _words(docstring: str) -> str:
    return docstring.replace("``", "`").replace("\n", " ")
