"""All measurements, one after the other: ``python -m bench``, or some: ``python -m bench extraction crawl``.

Each prints its table and keeps its figures in ``bench/results/NAME.json``. Exits 1 where one missed its mark.
"""

import subprocess
import sys

BENCHES: dict[str, tuple[str, ...]] = {
    "extraction": (),
    "hostile": (),
    "crawl": (),
    "reparse": (),
    "warc": (),
    "store": (),
    "archive": ("--articles", "100000"),
    "near": (),
    "export": (),
    "memory": ("--articles", "1000", "--first", "300"),
    "requests": (),
    "days": ("--articles", "100", "--days", "3"),
    "kills": ("--kills", "5"),
    "browser": (),
}
"""Name -> arguments: sizes that take minutes, not hours."""


def main(names: list[str]) -> int:
    """Runs the benches of these names, all without any; raises SystemExit for one that there is not."""
    if unknown := [name for name in names if name not in BENCHES]:
        sys.exit(f"python -m bench: expected some of {', '.join(BENCHES)}, got {unknown[0]!r}")
    missed = []
    for name in names or BENCHES:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}", *BENCHES[name]]).returncode:  # noqa: S603
            missed.append(name)
    print(f"\n{', '.join(missed)}: missed its mark, or failed" if missed else "\nall within marks")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
