"""`python -m bench`: compare, then the runs under load: many at once, and steadily while a therapist publishes. `--small` only tries that everything works; its figures count for nothing."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import load, report
from bench.bots import Bot, Coach, DefaultProject
from bench.machine import description, memory_mb
from bench.replies import Replies, measure, swap


def main() -> int:
    """Run what was asked for. Returns 1 when something got lost under load."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("what", nargs="?", choices=["all", "compare", "load", "publish"], default="all")
    parser.add_argument("--small", action="store_true", help="few messages, and the coach's model as it is: to try the bench itself")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        if given.what in ("all", "compare"):
            compare(Path(folder), given.small)
        runs = {"load": under_load, "publish": while_publishing}
        faults = [run(Path(folder), given.small) for what, run in runs.items() if given.what in ("all", what)]
    return 1 if any(faults) else 0


def compare(folder: Path, small: bool) -> None:
    """Measure both bots, one after the other, each alone on the machine."""
    about = f"{description()}. Replies over HTTP on the same machine, conversations of ten turns."
    figures: report.Figures = {}
    replies: dict[str, dict[int, Replies]] = {}
    for kind in (Coach, DefaultProject):
        bot = kind(folder / kind.__name__)
        training = _train(bot, small)
        tell(f"{bot.name}: trained in {training:.0f} s")
        # The second start: the first one fills caches.
        bot.start()
        bot.stop()
        start = bot.start()
        try:
            count = 20 if small else 300
            replies[bot.name] = {visitors: asyncio.run(measure(bot, visitors, count)) for visitors in (1, 8)}
            memory = memory_mb(bot.pids())
            figures[bot.name] = report.figures_of(training, start, memory, replies[bot.name], asyncio.run(swap(bot)))
        finally:
            bot.stop()
        tell(f"{bot.name}: measured")
    tell(report.write_comparison(figures, replies, about).read_text())


def _train(bot: Bot, small: bool) -> float:
    if small and isinstance(bot, Coach):
        bot.take_model()
        return float("nan")
    return bot.train()


def under_load(folder: Path, small: bool) -> list[str]:
    """Hold many conversations at once. Returns the faults."""
    conversations, visitors, turns = (20, 5, 4) if small else (1000, 100, 10)
    with _running_coach(folder / "load") as coach:
        found = asyncio.run(load.run(coach.web, conversations, visitors, turns))
        about = f"{conversations} conversations of {turns} turns, {visitors} visitors at once"
        tell(report.write_load(found, "load", about, memory_mb(coach.pids())).read_text())
    return found.faults


def while_publishing(folder: Path, small: bool) -> list[str]:
    """Publish again and again while visitors write steadily. Returns the faults."""
    per_second, times = (2.0, 1) if small else (20.0, 5)

    async def run(coach: Coach) -> tuple[load.Load, list[float]]:
        done, seconds = asyncio.Event(), list[float]()
        talking = asyncio.create_task(load.steadily(coach.web, per_second, 10, done))
        try:
            for _ in range(times):
                began = time.monotonic()
                await asyncio.to_thread(coach.change_model)
                seconds.append(time.monotonic() - began)
        finally:
            done.set()
        return await talking, seconds

    with _running_coach(folder / "publish") as coach:
        found, seconds = asyncio.run(run(coach))
        about = f"{per_second:.0f} messages a second, while another greeting is published {times} times"
        more = {"seconds of each publishing (checking, training, change)": ", ".join(f"{one:.0f}" for one in seconds)}
        tell(report.write_load(found, "publish", about, memory_mb(coach.pids()), more).read_text())
    return found.faults


@contextmanager
def _running_coach(folder: Path) -> Iterator[Coach]:
    coach = Coach(folder)
    coach.take_model()
    coach.start()
    try:
        yield coach
    finally:
        coach.stop()


def tell(text: str) -> None:
    """A line for who waits."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
