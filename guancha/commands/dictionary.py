"""``scrapy dictionary``: prints the data dictionary, as docs/data.md has it."""

import argparse

from scrapy.commands import ScrapyCommand

from guancha.dictionary import markdown


class Command(ScrapyCommand):
    """Prints Markdown."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        return "Print the data dictionary"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        print(markdown(), end="")
