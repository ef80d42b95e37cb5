"""Units for systemd: a service and a timer for each job; see systemd.service(5), systemd.timer(5)."""

import os
import pwd
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guancha.exceptions import JobsError
from guancha.jobs.cron import Cron
from guancha.jobs.table import Job

MARGIN = 60
"""Seconds above those that a crawl has to end in, to tell the ledger of it."""
ENVIRONMENT_FILE = "guancha.env"
"""In the working directory, for what is secret: units can be read by all."""
HARDENING = """\
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX
"""
"""What the manager of a user can give as well."""
HARDENING_OF_SYSTEM = """\
PrivateDevices=yes
ProtectSystem=full
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
"""


@dataclass(frozen=True)
class Installation:
    """What the units are to run, and where."""

    table: Path
    data: Path
    grace: int
    """Seconds that a crawl has to end in, each time it is told to."""
    is_of_user: bool
    """For a user's own manager, and not for that of the system."""
    contact: str
    folder: Path = field(default_factory=Path.cwd)
    python: str = sys.executable


def units(jobs: Sequence[Job], place: Installation) -> Iterator[tuple[str, str]]:
    """File names and contents; raises JobsError for a path that no unit can name."""
    for job in jobs:
        yield f"guancha-{job.name}.service", _service(job, place)
        yield f"guancha-{job.name}.timer", _timer(job)


def _service(job: Job, place: Installation) -> str:
    command = [place.python, "-m", "scrapy", "jobs", "run", job.name, "--file", str(place.table)]
    given = {"GUANCHA_DATA": str(place.data), "GUANCHA_CONTACT": place.contact}
    lines = [f"Environment={_word(f'{name}={value}')}" for name, value in given.items()]
    user = "" if place.is_of_user else f"User={pwd.getpwuid(os.geteuid()).pw_name}\n"
    return f"""\
[Unit]
Description=guancha: job {job.name}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{user}WorkingDirectory={_line(str(place.folder))}
# A colon: no $ is replaced.
ExecStart=:{" ".join(map(_word, command))}
{chr(10).join(lines)}
# For what is secret, such as GUANCHA_STORE_URL.
EnvironmentFile=-{_line(str(place.folder / ENVIRONMENT_FILE))}
# The run itself keeps its time limit, and tells the ledger. It alone is told to stop, and ends its crawl.
KillMode=mixed
KillSignal=SIGTERM
TimeoutStopSec={2 * place.grace + MARGIN}
# 75: it runs already. Not 3, a degraded run: systemctl --failed is to show it.
SuccessExitStatus=75
{HARDENING}{"" if place.is_of_user else HARDENING_OF_SYSTEM}"""


def _timer(job: Job) -> str:
    if isinstance(job.when, Cron):
        times = [f"OnCalendar={time}" for time in job.when.on_calendar] + ["Persistent=true"]
    else:
        # From start to start; and at boot, for what was missed.
        seconds = int(job.when.interval.total_seconds())
        times = ["OnActiveSec=0", f"OnUnitActiveSec={seconds}"]
    return f"""\
[Unit]
Description=guancha: times of job {job.name}

[Timer]
{chr(10).join(times)}
RandomizedDelaySec={int(job.jitter.total_seconds())}
AccuracySec=1

[Install]
WantedBy=timers.target
"""


def _word(text: str) -> str:
    """One word of a command or of Environment=, whatever is in it."""
    return '"' + _line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _line(text: str) -> str:
    """A value that is a whole line: % would begin a specifier."""
    if not text.isprintable() or text != text.strip() or text.endswith("\\"):
        raise JobsError(f"expected what can stand in a unit of systemd, got {text!r}")
    return text.replace("%", "%%")
