"""Habits of the house that a machine can hold: who imports whom, and what the documents promise."""

import ast
from dataclasses import fields
from pathlib import Path

import pytest

from guancha.arguments.articles import ArticlesArguments
from guancha.arguments.comments import CommentsArguments
from guancha.arguments.headlines import HeadlinesArguments
from guancha.arguments.posts import PostsArguments
from guancha.dictionary import markdown

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*ROOT.glob("guancha/**/*.py"), *ROOT.glob("replica/**/*.py")])

PURE = {"exceptions", "items", "urls", "processors", "sections"}
"""Facts: they import nothing but each other, the standard library, lxml and w3lib."""
READING = PURE | {"clock", "loaders", "pages"}
STORING = READING | {"targets", "jsonlines", "likeness", "revisions", "streams", "pseudonyms"}
FINDING = STORING | {"arguments", "walk", "store"}
ALLOWED = {
    **dict.fromkeys(PURE, PURE),
    "clock": PURE,
    "loaders": PURE,
    "folders": set(),
    "warc": PURE | {"folders"},
    "pages": READING,
    "dictionary": {"items", "streams"},
    "pseudonyms": {"exceptions"},
    "streams": {"items"},
    "course": set(),
    "coverage": {"items"},
    "tally": READING | {"course", "coverage"},
    "figures": {"course"},
    "verdict": {"figures", "sections"},
    "ledger": {"figures", "processors", "store", "verdict"},
    "sitecheck": READING | {"extensions", "requests", "soundness"},
    "report": {"figures", "processors", "sections", "store", "tally", "verdict"},
    "metrics": {"figures", "store", "verdict"},
    "soundness": PURE,
    "saved": READING | {"soundness"},
    "cases": READING | {"saved"},
    "scramble": PURE,
    "arguments": PURE,
    "targets": READING,
    "jsonlines": PURE,
    "revisions": PURE | {"loaders"},
    "likeness": set(),
    "store": STORING | {"folders", "verdict", "warc"},
    "export": PURE | {"arguments", "clock", "folders", "store", "streams"},
    "frontier": FINDING | {"extensions"},
    "walk": FINDING,
    "posts": FINDING | {"extensions", "requests", "spiders"},
    "seeds": PURE,
    "idling": set(),
    "threads": FINDING | {"extensions", "rendering", "requests", "seeds", "tally"},
    "forecast": PURE | {"arguments"},
    "rendering": {"exceptions", "pages"},
    "requests": FINDING | {"rendering", "spiders", "warc"},
    "spiders": FINDING
    | {"extensions", "forecast", "frontier", "idling", "posts", "rendering", "requests", "seeds"}
    | {"tally", "threads"},
    "pipelines": PURE | {"clock", "extensions", "soundness", "store", "tally"},
    "extensions": PURE
    | {"clock", "coverage", "figures", "metrics", "pages", "rendering", "report", "store"}
    | {"streams", "verdict", "warc"},
    "jobs": PURE | {"clock", "store", "verdict"},
    "reparse": FINDING
    | {"folders", "figures", "pipelines", "requests", "soundness", "verdict", "warc"},
    "commands": FINDING
    | {"cases", "dictionary", "export", "extensions", "ledger", "requests", "saved", "scramble"}
    | {"forecast", "jobs", "reparse", "sitecheck", "verdict", "warc"},
    "settings": {"extensions", "pipelines"},
    "__init__": set(),
}
"""Room -> rooms whose modules it may import."""


def imported(source: Path) -> set[str]:
    """Dotted names that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_in_one_direction(source: Path) -> None:
    package, *parts = source.relative_to(ROOT).with_suffix("").parts
    names = imported(source)
    other = {"guancha": "replica", "replica": "guancha"}[package]

    assert not {name for name in names if name.split(".")[0] == other}
    if package == "guancha":
        ours = {room(name) for name in names if name.startswith("guancha.")}
        own = parts[0]
        constants = {"__version__", "EXTRACTOR_VERSION"}
        assert ours - constants <= ALLOWED[own] | {own}


@pytest.mark.parametrize("name", sorted(PURE | {"loaders"}))
def test_facts_know_no_scrapy(name: str) -> None:
    sources = [
        s for s in SOURCES if s.relative_to(ROOT).with_suffix("").parts[:2] == ("guancha", name)
    ]

    assert sources
    for source in sources:
        assert not {found for found in imported(source) if found.split(".")[0] == "scrapy"}


def test_nothing_imports_the_settings() -> None:
    for source in SOURCES:
        assert not {name for name in imported(source) if name.startswith("guancha.settings")}


def test_only_the_clock_reads_the_time() -> None:
    readers = {
        str(source.relative_to(ROOT / "guancha"))
        for source in SOURCES
        if source.is_relative_to(ROOT / "guancha")
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today", "monotonic", "time")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date", "time")
    }
    assert readers == {"clock.py"}


def test_the_data_dictionary_is_that_of_the_items() -> None:
    written = (ROOT / "docs/data.md").read_text("utf-8")

    assert markdown() == written, "run: scrapy dictionary > docs/data.md"


def test_the_readme_knows_every_argument_and_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    for arguments in (ArticlesArguments, CommentsArguments, HeadlinesArguments, PostsArguments):
        for argument in fields(arguments):
            assert f"`{argument.name}`" in readme
    for command in (ROOT / "guancha/commands").glob("[a-z]*.py"):
        assert f"scrapy {command.stem}" in readme


def test_every_path_and_target_of_the_readme_is_there() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = (ROOT / "Makefile").read_text("utf-8")

    for name in ("demo", "test", "check", "crawl", "clean"):
        assert f"make {name}" in readme
        assert f"\n{name}:" in targets
    for document in ("docs/architecture.md", "docs/data.md", "CHANGELOG.md"):
        assert document in readme
        assert (ROOT / document).exists()
