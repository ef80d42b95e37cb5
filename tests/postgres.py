"""A real PostgreSQL of the tests' own: on a socket in a temporary folder, gone with them."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PLACES = "/usr/lib/postgresql/*/bin"
# The server refuses to run as root.
OWNER = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def binaries() -> Path:
    """The folder of the newest server's programs; without one a skip, and a failure in CI."""
    found = sorted(Path("/").glob(PLACES.lstrip("/") + "/initdb"))
    on_path = shutil.which("initdb")
    if found or on_path:
        return found[-1].parent if found else Path(on_path or "").parent
    missing = "PostgreSQL is not here: apt-get install postgresql"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


class Server:
    """A server that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = binaries()
        self._run("initdb", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")

    def start(self) -> None:
        # No test takes the machine's power away; and syncing all of it takes long after a crash.
        options = f"-c fsync=off -c listen_addresses='' -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "--wait", f"--log={self.folder}/log", f"--options={options}", "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "--wait", f"--mode={mode}", "stop")

    def url(self, database: str) -> str:
        """The address of a new, empty database."""
        self._run("createdb", f"--host={self.folder}", database, data=False)
        return f"postgresql://{OWNER}@/{database}?host={self.folder}"

    def _run(self, program: str, *arguments: str, data: bool = True) -> None:
        where = [f"--pgdata={self.folder}/data"] if data else []
        command = [str(self.programs / program), *where, *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", OWNER, "--", *command]
        # Not a pipe: the server would keep it open.
        with (self.folder / "out").open("ab") as out:
            subprocess.run(command, stdout=out, stderr=out, cwd="/", check=True, timeout=60)


@contextmanager
def server() -> Iterator[Server]:
    """A running server."""
    folder = Path(tempfile.mkdtemp(prefix="guancha-pg-"))
    try:
        shutil.chown(folder, OWNER)
        running = Server(folder)
        running.start()
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder)
