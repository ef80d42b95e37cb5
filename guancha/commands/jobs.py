"""``scrapy jobs``: checks the table of jobs, runs one of them, or writes units for systemd."""

import argparse
import os
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from guancha import clock
from guancha.exceptions import ArgumentError, DataDirectoryError, JobsError, StoreError
from guancha.extensions.options import read_number

BUSY = os.EX_TEMPFAIL
"""Exit code where another is at it: 75, for which programs may try again later."""
TAIL = 15
"""Lines of a log that are shown where a run has failed."""


class Command(ScrapyCommand):
    """Exits 0 when it is done, 1 where it failed, 2 for wrong use; ``run`` as the crawl, or with BUSY."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "check | run NAME | systemd [--user] [-o DIR]"

    def short_desc(self) -> str:
        return "Check the table of jobs, run one of them, or print units for systemd"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add = parser.add_argument
        add("--file", metavar="FILE", help="the table of jobs (default: setting JOBS_FILE)")
        add("--user", action="store_true", help="systemd: units of a user, and not of the system")
        add("-o", "--output", type=Path, metavar="DIR", help="systemd: write them into this folder")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        verb, *rest = args or [""]
        expected = {"check": 0, "run": 1, "systemd": 0}
        if expected.get(verb) != len(rest) or any(word.startswith("-") for word in args):
            raise UsageError(f"expected {self.syntax()}", print_help=False)
        if opts.set if verb == "systemd" else opts.user or opts.output:
            raise UsageError("--user and -o are for systemd, which takes no -s", print_help=False)
        assert self.settings is not None
        file = Path(opts.file or self.settings["JOBS_FILE"])
        try:
            clock.start()
            if verb == "check":
                _check(file, self.settings)
            elif verb == "run":
                self.exitcode = _run(file, rest[0], self.settings, opts.set)
            else:
                _systemd(file, self.settings, is_of_user=opts.user, into=opts.output)
        except (ArgumentError, JobsError) as error:
            raise UsageError(f"{error}", print_help=False) from error
        except (DataDirectoryError, StoreError, OSError) as error:
            print(error, file=sys.stderr)
            self.exitcode = 1


def grace(settings: BaseSettings) -> int:
    """Seconds that a crawl has to end in. Raises ArgumentError."""
    return read_number(settings, "JOB_GRACE", least=1, most=3600)


# What these import is not above: Scrapy imports every command for each.


def _check(file: Path, settings: BaseSettings) -> None:
    from guancha.jobs.due import outlook
    from guancha.jobs.table import read
    from guancha.store.job_runs import last_of_each

    jobs, data = read(file, settings), Path(settings["DATA_DIR"])
    try:
        last = last_of_each(settings["STORE_URL"], data)
    except StoreError as error:
        print(f"as if none had run yet: {error}", file=sys.stderr)
        last = {}
    for row in outlook(jobs, last, clock.now()):
        print(row)


def _run(file: Path, name: str, settings: BaseSettings, options: list[str]) -> int:
    from guancha.jobs.folder import Folder
    from guancha.jobs.running import Place, Running
    from guancha.jobs.table import read

    # Without its spider: what that refuses the run itself finds out, and the ledger tells.
    jobs = {job.name: job for job in read(file)}
    if name not in jobs:
        raise JobsError(f"{file}: expected a job, one of {', '.join(jobs)}, got {name!r}")
    data = Path(settings["DATA_DIR"])
    folder = Folder(data)
    done = Running(
        jobs[name],
        Place(
            data,
            settings["STORE_URL"],
            grace(settings),
            options,
        ),
        folder,
    ).run()
    if done is None:
        print(f"{name}: is running already", file=sys.stderr)
        return BUSY
    code, told = done
    shown = folder.tail(name)[-TAIL:] if code else []
    shown.append(": ".join(filter(None, [name, told.verdict, "; ".join(told.reasons)])))
    print(*shown, sep="\n", file=sys.stderr if code else sys.stdout)
    return code


def _systemd(file: Path, settings: BaseSettings, *, is_of_user: bool, into: Path | None) -> None:
    from guancha.jobs.systemd import ENVIRONMENT_FILE, Installation, units
    from guancha.jobs.table import read

    place = Installation(
        table=file.absolute(),
        data=Path(settings["DATA_DIR"]).absolute(),
        grace=grace(settings),
        contact=settings["CONTACT"],
        is_of_user=is_of_user,
    )
    for name, text in list(units(read(file, settings), place)):
        if into is None:
            print(f"# {name}\n{text}")
        else:
            (into / name).write_text(text, "utf-8")
            print(into / name)
    if settings["STORE_URL"]:
        words = "STORE_URL may be secret and is in no unit: write GUANCHA_STORE_URL=… into"
        print(f"{words} {place.folder / ENVIRONMENT_FILE}", file=sys.stderr)
