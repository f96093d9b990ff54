"""Run the benchmarks named on the command line, or all."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("process", "loading", "questions", "documents", "gazetteer", "reading")


def main(names: list[str]) -> int:
    """Run benchmarks by name; an unknown name is said and nothing is run."""
    names = [name for name in names if not name.startswith("-")]  # options are the benchmark's own
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"no benchmark '{unknown[0]}': use one of {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        print(f"== {name}")
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
