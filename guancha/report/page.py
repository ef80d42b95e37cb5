"""The page of a run."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from guancha import __version__
from guancha.figures import Figures
from guancha.report.text import extent, percent, shown
from guancha.report.view import View, took
from guancha.store.runs import Run
from guancha.verdict.reasons import Floors


def render(run: Run, before: Sequence[Figures] = (), floors: Floors | None = None) -> str:
    """HTML that loads nothing and runs nothing.

    ``before`` are the runs that it is measured against, newest first; without ``floors`` none are drawn.
    """
    return _template().render(view=View.of(run, before, floors), version=__version__)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "extent": extent, "took": took}
    return environment.get_template("page.html.j2")
