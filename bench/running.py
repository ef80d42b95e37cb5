"""What a process has in memory, and how long a piece of work takes."""

import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")


def memory(pid: int, which: str = "VmRSS") -> int:
    """Bytes that a process has in memory now, at most with ``VmHWM``; 0 for one that has ended."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    rows = (line.split() for line in told.splitlines() if line.startswith(f"{which}:"))
    return next((int(kibibytes) * 1024 for _, kibibytes, _ in rows), 0)


def timed(name: str, work: Callable[[Item], object], items: Iterable[Item]) -> None:
    """Prints how long the work takes for each item: the median, and the most."""
    times = []
    for item in items:
        began = time.perf_counter()
        work(item)
        times.append((time.perf_counter() - began) * 1000)
    print(f"{name:44}{statistics.median(times):12.2f} ms{max(times):12.2f} ms", flush=True)
