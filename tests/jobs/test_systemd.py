"""Units for systemd, read as systemd does."""

import shlex
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from guancha.exceptions import JobsError
from guancha.jobs.cron import Cron
from guancha.jobs.every import Every
from guancha.jobs.systemd import Installation, units
from guancha.jobs.table import Job

HOUR = timedelta(hours=1)
WEEKLY = Job("weekly", "articles", Cron.parse("5 4 1 * 0"), HOUR, timedelta(minutes=10))
OFTEN = Job("often", "articles", Every(timedelta(hours=6)), HOUR)


def read(text: str) -> dict[str, list[str]]:
    """Section/key -> values, in the order of the file; specifiers and quotes resolved."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            assert value.count("%") % 2 == 0
            found.setdefault(f"{section}/{key}", []).append(value.replace("%%", "%"))
    return found


def made(job: Job, folder: Path = Path("/srv/guancha"), **more: bool) -> list[dict[str, list[str]]]:
    place = Installation(
        folder / "jobs.toml",
        folder / "data",
        90,
        contact="a@b.org",
        folder=folder,
        **{"is_of_user": False, **more},
    )
    found = dict(units([job], place))
    assert list(found) == [f"guancha-{job.name}.service", f"guancha-{job.name}.timer"]
    return [read(text) for text in found.values()]


def test_a_service() -> None:
    service, _ = made(OFTEN)

    assert service["Service/Type"] == ["oneshot"]
    assert service["Service/ExecStart"] == [
        f':"{sys.executable}" "-m" "scrapy" "jobs" "run" "often" "--file" "/srv/guancha/jobs.toml"'
    ]
    assert service["Service/WorkingDirectory"] == ["/srv/guancha"]
    assert service["Service/Environment"] == [
        '"GUANCHA_DATA=/srv/guancha/data"',
        '"GUANCHA_CONTACT=a@b.org"',
    ]
    assert service["Service/EnvironmentFile"] == ["-/srv/guancha/guancha.env"]
    assert service["Service/KillMode"] == ["mixed"]
    # Both times that a crawl has to end in, and the ledger.
    assert service["Service/TimeoutStopSec"] == ["240"]
    assert len(service["Service/User"]) == 1


def test_one_of_a_user_asks_for_no_privilege() -> None:
    service, _ = made(OFTEN, is_of_user=True)

    assert "Service/User" not in service
    assert not [key for key in service if "Protect" in key or "Private" in key]
    assert service["Service/NoNewPrivileges"] == ["yes"]


def test_timers() -> None:
    (_, weekly), (_, often) = made(WEEKLY), made(OFTEN)

    assert weekly["Timer/OnCalendar"] == [
        "*-*-1 4:5:00 Asia/Shanghai",
        "Sun *-*-* 4:5:00 Asia/Shanghai",
    ]
    assert weekly["Timer/Persistent"] == ["true"]
    assert weekly["Timer/RandomizedDelaySec"] == ["600"]
    assert often["Timer/OnUnitActiveSec"] == ["21600"]
    assert weekly["Install/WantedBy"] == ["timers.target"]


@pytest.mark.parametrize(
    "name", ["with space", "100%n", "a$HOME", "a\"b'c", "a\\b", "观察", "a;b #c"]
)
def test_odd_paths_stand_for_themselves(name: str) -> None:
    service, _ = made(OFTEN, Path("/srv", name))

    (command,) = service["Service/ExecStart"]
    assert shlex.split(command.removeprefix(":"))[-1] == f"/srv/{name}/jobs.toml"
    assert shlex.split(service["Service/Environment"][0]) == [f"GUANCHA_DATA=/srv/{name}/data"]
    assert service["Service/WorkingDirectory"] == [f"/srv/{name}"]
    assert service["Service/EnvironmentFile"] == [f"-/srv/{name}/guancha.env"]


@pytest.mark.parametrize("name", ["a\nExecStart=/bin/x", "a\t", "a\0", "a\\", "a "])
def test_paths_that_no_unit_can_name_are_refused(name: str) -> None:
    with pytest.raises(JobsError, match="what can stand in a unit"):
        made(OFTEN, Path("/srv", name))
