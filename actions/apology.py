"""What the coach says to the draft of an apology: what is there, what weakens it, what is missing or how to give it."""

from __future__ import annotations

import re
from typing import Any

from actions.turns import Reply, quoted
from bot.apology import ApologyReview, Fault
from bot.apology.review import ELEMENTS
from bot.hearing.partner import UNKNOWN, Partner, with_partner

# So much is taken in at once.
MOST_FAULTS = 2
MOST_PARTS = 3
Responses = dict[str, list[dict[str, Any]]]


def replies(
    draft: str, review: ApologyReview, earlier: dict[str, Any] | None, responses: Responses, partner: Partner = UNKNOWN
) -> list[Reply]:
    """What is there in a draft and what weakens it, in one or two messages; `earlier` is what was kept of the version before."""
    turn = earlier["times"] if earlier else 0
    answer = [_first(draft, review, earlier, responses, partner)]
    if review.faults:
        lines = fault_lines(review, turn, responses, partner)
        custom = {"review": {"text": draft, "marks": [_mark(fault, why) for fault, why in zip(review.faults, lines, strict=True)]}}
        answer.append(Reply("utter_review_weakens", "\n".join(lines[:MOST_FAULTS]), custom))
    return answer


def what_next(review: ApologyReview, missing: str | None) -> Reply:
    """The question after a review. `missing`: the first element that is not there and was not asked for yet."""
    if missing:
        return Reply(f"utter_review_missing_{missing}")
    return Reply("utter_review_change" if review.faults else "utter_review_ready")


def fault_lines(review: ApologyReview, turn: int, responses: Responses, partner: Partner = UNKNOWN) -> list[str]:
    """Why each fault weakens the apology, with the words themselves; another wording at each turn."""
    return [_filled(responses, f"utter_review_fault_{fault.kind}", turn, partner, fault.text) for fault in review.faults]


def kept(review: ApologyReview, earlier: dict[str, Any] | None) -> dict[str, Any]:
    """What of a review is kept for the next version."""
    return {
        "elements": [name for name in ELEMENTS if name in review.elements],
        "faults": [{"kind": fault.kind, "text": fault.text} for fault in review.faults],
        "times": (earlier["times"] if earlier else 0) + 1,
    }


def _first(draft: str, review: ApologyReview, earlier: dict[str, Any] | None, responses: Responses, partner: Partner) -> Reply:
    """What is there; of a later version only what became better, so that no praise is said twice."""
    there = [name for name in ELEMENTS if name in review.elements]
    if earlier is None:
        names = ["all"] if len(there) == len(ELEMENTS) else there[:MOST_PARTS] or ["none"]
        return Reply("utter_review_read", " ".join(_filled(responses, f"utter_review_has_{name}", 0, partner) for name in names))
    turn = earlier["times"]
    better = [_filled(responses, "utter_review_gone", turn + at, partner, text) for at, text in enumerate(_gone(draft, review, earlier))]
    better += [_filled(responses, f"utter_review_has_{name}", turn, partner) for name in there if name not in earlier["elements"]]
    return Reply("utter_review_better", " ".join(better[:MOST_PARTS])) if better else Reply("utter_review_again")


def _gone(draft: str, review: ApologyReview, earlier: dict[str, Any]) -> list[str]:
    """The weak phrases of the version before that are no longer there, nor others of their kind."""
    kinds = {fault.kind for fault in review.faults}
    return [f["text"] for f in earlier["faults"] if f["kind"] not in kinds and _plain(f["text"]) not in _plain(draft)]


def _filled(responses: Responses, name: str, turn: int, partner: Partner, quote: str = "") -> str:
    """A wording of a response, another one at each turn, with the visitor's words in it."""
    wordings = responses[name]
    text = with_partner(str(wordings[turn % len(wordings)]["text"]).strip(), partner)
    return text.replace("{quote}", quoted(quote))


def _mark(fault: Fault, why: str) -> dict[str, Any]:
    return {"start": fault.start, "end": fault.end, "kind": fault.kind, "why": why}


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
