"""How long works take beside each other: interleaved rounds, medians, spread; printed, and kept as JSON."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")
"""Where the figures of each bench are kept, a file each."""


@dataclass(frozen=True)
class Spread:
    """The middle of some samples, and the quarters beside it: what noise there was."""

    median: float
    low: float
    """First quartile."""
    high: float
    """Third quartile."""

    @classmethod
    def of(cls, samples: Sequence[float]) -> "Spread":
        """Of at least one sample."""
        if len(samples) < 2:
            return cls(samples[0], samples[0], samples[0])
        low, middle, high = statistics.quantiles(samples, n=4, method="inclusive")
        return cls(middle, low, high)

    def words(self, digits: int = 2, unit: str = "") -> str:
        """Such as ``1.93 ms (1.90-1.99)``."""
        unit = unit and f" {unit}"
        return f"{self.median:.{digits}f}{unit} ({self.low:.{digits}f}-{self.high:.{digits}f})"


def interleaved(
    works: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, list[float]]:
    """Seconds that each work takes in each round; in a round all take their turn, so noise meets all."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            began = clock()
            work()
            taken[name].append(clock() - began)
    return taken


def ratio(ones: Sequence[float], others: Sequence[float]) -> Spread:
    """How many times as long the ones take as the others, round by round."""
    return Spread.of([one / other for one, other in zip(ones, others, strict=True)])


def keep(name: str, figures: Mapping[str, Any]) -> None:
    """Keeps the figures of a bench, with where and when they were measured, in ``results/NAME.json``."""
    RESULTS.mkdir(exist_ok=True)
    where = {
        "measured": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
    }
    kept = json.dumps(where | dict(figures), ensure_ascii=False, indent=2, default=vars)
    (RESULTS / f"{name}.json").write_text(f"{kept}\n", "utf-8")
