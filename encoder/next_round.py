"""What was written for the encoder's next round: labelled messages and apologies of `encoder/next/`, which nothing else has learned yet."""

from __future__ import annotations

import json
import random

from encoder.apologies import Draft, drafts_in, read_drafts
from encoder.data import ROOT, Row, read_rows

NEXT = ROOT / "encoder" / "next"
# Beside what is new, so that the rest is not forgotten.
OLD_MESSAGES, OLD_DRAFTS = 6_000, 250


def new_and_some_old(seed: int) -> tuple[list[Row], list[Draft]]:
    """New messages twice and new apologies, each with some of those that the encoder knows."""
    chance = random.Random(seed)
    lines = (NEXT / "messages.jsonl").read_text("utf-8").splitlines()
    rows = [Row(row["text"], _intent(row["level"]), row["level"], row["category"]) for row in map(json.loads, lines)]
    drafts = drafts_in(NEXT / "drafts.jsonl")
    return [*rows, *rows, *chance.sample(read_rows(), OLD_MESSAGES)], [*drafts, *chance.sample(read_drafts(), OLD_DRAFTS)]


def _intent(level: str) -> str | None:
    return "alarm" if level in ("alarm", "acute") else None
