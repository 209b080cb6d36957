"""`python -m bench`: compare, then the run under load. `--small` only tries that everything works; its figures count for nothing."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench import load, report
from bench.bots import Bot, Coach, DefaultProject
from bench.machine import description, memory_mb
from bench.replies import Replies, measure, swap


def main() -> int:
    """Run what was asked for. Returns 1 when something got lost under load."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("what", nargs="?", choices=["all", "compare", "load"], default="all")
    parser.add_argument("--small", action="store_true", help="few messages, and the coach's model as it is: to try the bench itself")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        if given.what in ("all", "compare"):
            compare(Path(folder), given.small)
        if given.what in ("all", "load"):
            return under_load(Path(folder), given.small)
    return 0


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


def under_load(folder: Path, small: bool) -> int:
    """Hold many conversations at once. Returns 1 when there was a fault."""
    conversations, visitors, turns = (20, 5, 4) if small else (1000, 100, 10)
    coach = Coach(folder / "load")
    coach.take_model()
    coach.start()
    try:
        found = asyncio.run(load.run(coach.web, conversations, visitors, turns))
        tell(report.write_load(found, conversations, visitors, turns, memory_mb(coach.pids())).read_text())
    finally:
        coach.stop()
    return 1 if found.faults else 0


def tell(text: str) -> None:
    """A line for who waits."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
