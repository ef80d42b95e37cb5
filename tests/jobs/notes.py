"""An addon of Scrapy's that notes when a crawl begins and ends, for whoever wants to know what overlapped."""

import atexit
import os
from pathlib import Path

FILE = "CRAWL_NOTES"


class Notes:
    """Writes lines of START or END, and the process."""

    def update_settings(self, _: object) -> None:
        note("START")
        atexit.register(note, "END")


def note(what: str) -> None:
    with Path(os.environ[FILE]).open("a") as file:
        file.write(f"{what} {os.getpid()}\n")
