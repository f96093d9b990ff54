"""Time two things in turn, so that a slow moment of the machine hits both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """The times of two things that were run in turn.

    Attributes
    ----------
    ours, theirs : tuple of float
        Seconds of each run, in the order of the runs.
    """

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median over the pairs of our time divided by theirs; below 1 we are faster."""
        return statistics.median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    def line(self, what: str) -> str:
        """Give one line for people: what, both medians in ms, the ratio."""
        ours = statistics.median(self.ours) * 1000
        theirs = statistics.median(self.theirs) * 1000
        return f"{what:<44} {ours:>10.1f} {theirs:>10.1f} {self.ratio:>9.3f}"


HEADER = f"{'':<44} {'ours, ms':>10} {'theirs, ms':>10} {'ratio':>9}"


def seconds(run: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def in_turn(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    runs: int = 5,
    patience: float = float("inf"),
) -> Pair:
    """Run two things in turn after one warm-up of each.

    Parameters
    ----------
    ours, theirs : callable
        The two things.
    runs : int
        How often each is timed.
    patience : float
        Seconds: when the warm-up of both took longer, its times are taken as they are, since
        a difference that large needs no repetition.

    Returns
    -------
    Pair
        The times.
    """
    first = (seconds(ours), seconds(theirs))
    if sum(first) > patience:
        return Pair((first[0],), (first[1],))
    times = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    return Pair(tuple(a for a, _ in times), tuple(b for _, b in times))
