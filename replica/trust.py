"""Makes a browser trust the throw-away authority: in a home of its own, for one command alone."""

import site
import subprocess
from pathlib import Path

HOMES = ("HOME", "PYTHONUSERBASE")
"""What the environment names for it."""


def browser_home(folder: Path, ca_file: Path) -> dict[str, str]:
    """Lays a home in the folder whose certificate database trusts the authority.

    Returns what the environment needs for it: nothing where certutil (libnss3-tools) is missing or fails,
    for then no browser can be made to trust anybody.
    """
    home = folder / "home"
    database = home / ".pki" / "nssdb"
    database.mkdir(parents=True)
    certutil = ("certutil", "-d", f"sql:{database}")
    try:
        _run(*certutil, "-N", "--empty-password")
        _run(*certutil, "-A", "-t", "C,,", "-n", "replica", "-i", str(ca_file))
    except (FileNotFoundError, subprocess.CalledProcessError):
        return {}
    # What Python finds beside its own library must not move with the home.
    return dict(zip(HOMES, (str(home), site.getuserbase()), strict=True))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)  # noqa: S603
