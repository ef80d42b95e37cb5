"""Runs a command, or waits, while guancha.cn is the stand-in."""

import asyncio
import os
import shlex
import signal
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from replica.faults import Faults
from replica.server import Authority, Edge
from replica.site import Site
from replica.trust import HOMES, browser_home

NOT_FOUND, NOT_RUNNABLE = 127, 126
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def environment(port: int, ca_file: Path, now: str) -> dict[str, str]:
    """What a process needs in its environment to take the stand-in for the site."""
    proxies = ("https_proxy", "http_proxy", "all_proxy", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
    trusted = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
    return {
        **dict.fromkeys(proxies, f"http://127.0.0.1:{port}"),
        **dict.fromkeys(("no_proxy", "NO_PROXY"), ""),
        **dict.fromkeys(trusted, str(ca_file)),
        "GUANCHA_NOW": now,
    }


@asynccontextmanager
async def served(site: Site, faults: Faults) -> AsyncIterator[dict[str, str]]:
    """Opens the edge on a free port; yields the environment; leaves no file behind."""
    authority = Authority()
    edge = Edge(site, faults, authority.context)
    # A browser that was killed may still write to its home.
    with tempfile.TemporaryDirectory(prefix="replica-", ignore_cleanup_errors=True) as folder:
        ca_file = Path(folder, "ca.pem")
        ca_file.write_bytes(authority.pem)
        server = await asyncio.start_server(edge, "127.0.0.1", 0)
        port: int = server.sockets[0].getsockname()[1]
        extra = environment(port, ca_file, site.world.now.isoformat())
        yield extra | browser_home(Path(folder), ca_file)
        server.close()


async def run(site: Site, faults: Faults, command: list[str]) -> int:
    """Runs the command; returns its exit code, or 128 + the signal that ended it."""
    # Heard before the command starts, so that no signal is lost in between.
    received: asyncio.Queue[signal.Signals] = asyncio.Queue()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, received.put_nowait, number)
    async with served(site, faults) as extra:
        try:
            # A group of its own: a terminal's ^C reaches the command once, through us.
            child = await asyncio.create_subprocess_exec(
                *command, env={**os.environ, **extra}, process_group=0
            )
        except FileNotFoundError:
            print(f"replica: no such command: {command[0]}", file=sys.stderr)
            return NOT_FOUND
        except PermissionError:
            print(f"replica: cannot run: {command[0]}", file=sys.stderr)
            return NOT_RUNNABLE
        forwarding = asyncio.create_task(_forward(received, child))
        code = await child.wait()
        forwarding.cancel()
    return code if code >= 0 else 128 - code


async def _forward(received: "asyncio.Queue[signal.Signals]", child: Process) -> None:
    """Passes each signal on to all of the command's group."""
    while True:
        number = await received.get()
        if child.returncode is None:
            os.killpg(child.pid, number)


async def serve(site: Site, faults: Faults) -> int:
    """Prints the environment to export and serves until SIGINT or SIGTERM."""
    done = asyncio.Event()
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, done.set)
    async with served(site, faults) as extra:
        for name, value in extra.items():
            if name not in HOMES:  # A shell keeps its own.
                print(f"export {name}={shlex.quote(value)}", flush=True)
        await done.wait()
    return 0
