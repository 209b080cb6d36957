"""A small run of the hostile script; the large one is for a quiet machine (see its first lines)."""

from __future__ import annotations

from scripts.hostile import attack
from tests.conftest import Coach

REQUESTS = 400
ANSWERS = 8


async def test_a_normal_visitor_is_answered_as_before(coach: Coach) -> None:
    result = await attack(coach.web, REQUESTS, ANSWERS, seed=7)
    told = "\n".join(result.lines())
    assert result.sent == REQUESTS
    assert not result.own_errors, told
    assert len(result.before) == len(result.during) == len(result.after) == ANSWERS
    # How long it takes is measured by the script, on a machine that does nothing else. Here: nobody is left waiting.
    assert max(result.after) < 20, told
