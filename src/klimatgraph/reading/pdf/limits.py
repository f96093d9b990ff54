"""How much of a document is read at most, and bounds that the system keeps.

None of these depends on how fast the machine is, the time of the processor aside: that one is a
last resort, far above what the longest document that is allowed takes.
"""

from __future__ import annotations

from typing import Final

LARGEST_FILE: Final = 256 * 1024 * 1024
"""Bytes: a contract has a few millions with its pictures, and all of a file is held in memory."""

MOST_PAGES: Final = 3000
"""Pages of a PDF; the budget of a large city has a thousand."""

MOST_GLYPHS_OF_PAGE: Final = 200_000
"""Glyphs of a page; a page full of small print has ten thousand."""

MOST_GLYPHS: Final = 12_000_000
"""Glyphs of a PDF: what the most pages hold when all are full."""

MOST_OBJECTS_OF_PAGE: Final = 20_000
"""Drawings of a page in which ruled lines are looked for; a map has more and no ruled table."""

MOST_LINKS_OF_PAGE: Final = 2000
"""Links of a page."""

MEMORY_OF_READER: Final = 1024 * 1024 * 1024
"""Bytes of memory for the process that reads a PDF, beside three times the file itself."""

SECONDS_OF_READER: Final = 600
"""Seconds of processor time for the process that reads a PDF."""


def confine(memory: int, seconds: int) -> None:
    """Bound the memory and the processor time of this process, where the system can.

    Parameters
    ----------
    memory
        Bytes of address space.
    seconds
        Seconds of processor time; the process ends when they are used up.
    """
    try:
        import resource
    except ImportError:  # Windows: the limits on pages and glyphs hold alone
        return
    for name, bound in (("RLIMIT_AS", memory), ("RLIMIT_CPU", seconds), ("RLIMIT_CORE", 0)):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            bound = min(bound, hard)
        try:
            resource.setrlimit(kind, (bound, hard if name == "RLIMIT_CPU" else bound))
        except (OSError, ValueError):  # macOS knows RLIMIT_AS and refuses it
            continue


def close_the_door() -> None:
    """Let this process open no further file, network or other, where the system can."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
