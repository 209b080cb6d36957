"""Answers the draft of an apology: what is there, what weakens it, what is missing or how to give it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.apology import ApologyReview, Fault, review_apology
from bot.apology.draft import cut_draft
from bot.apology.review import ELEMENTS

SLOT = "apology_review"
ASK = "utter_draft_ask"
# So much is taken in at once.
MOST_FAULTS = 2
MOST_PARTS = 3
MOST_QUOTED_WORDS = 14
# What answers a message that was no draft after all, by its intent.
OTHERWISE = {
    "express_apology": "utter_apology_hear",
    "minimise_harm": "utter_minimise_mirror",
    "express_shame": "utter_shame_hear",
    "express_blame": "utter_blame_hear",
    "express_hurt": "utter_hurt_hear",
    "ask_forgiveness": "utter_forgiveness_is",
    "nlu_fallback": "action_ask_back",
}

Responses = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Reply:
    """One message: a response, what fills its `{parts}`, and what the widget shows with it."""

    response: str
    parts: str = ""
    custom: dict[str, Any] | None = None


class ActionReviewApology(Action):  # type: ignore[misc]
    """Reviews the draft in the newest message; without one it asks for it."""

    def name(self) -> str:
        """Name in the stories."""
        return "action_review_apology"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer the draft, and keep what was found to compare the next version with."""
        message = tracker.latest_message
        draft = cut_draft(str(message.get("text") or ""), asked=asked_in_last_turn(tracker.events))
        if draft is None:
            return [FollowupAction(OTHERWISE.get(str((message.get("intent") or {}).get("name")), ASK))]
        review, earlier = review_apology(draft), tracker.get_slot(SLOT)
        for reply in replies(draft, review, earlier, domain["responses"]):
            dispatcher.utter_message(response=reply.response, parts=reply.parts, json_message=reply.custom)
        return [SlotSet(SLOT, kept(review, earlier))]


def replies(draft: str, review: ApologyReview, earlier: dict[str, Any] | None, responses: Responses) -> list[Reply]:
    """The answer to a draft, in two or three messages; `earlier` is what was kept of the version before."""
    turn = earlier["times"] if earlier else 0
    answer = [_first(draft, review, earlier, responses)]
    if review.faults:
        lines = [_filled(responses, f"utter_review_fault_{fault.kind}", turn, fault.text) for fault in review.faults]
        custom = {"review": {"text": draft, "marks": [_mark(fault, why) for fault, why in zip(review.faults, lines, strict=True)]}}
        answer.append(Reply("utter_review_weakens", "\n".join(lines[:MOST_FAULTS]), custom))
    missing = [name for name in ELEMENTS if name not in review.elements]
    if missing:
        answer.append(Reply(f"utter_review_missing_{missing[0]}"))
    else:
        answer.append(Reply("utter_review_change" if review.faults else "utter_review_ready"))
    return answer


def kept(review: ApologyReview, earlier: dict[str, Any] | None) -> dict[str, Any]:
    """What of a review is kept for the next version."""
    return {
        "elements": [name for name in ELEMENTS if name in review.elements],
        "faults": [{"kind": fault.kind, "text": fault.text} for fault in review.faults],
        "times": (earlier["times"] if earlier else 0) + 1,
    }


def asked_in_last_turn(events: list[dict[str, Any]]) -> bool:
    """Whether the coach asked for the draft right before the newest message."""
    turns = 0
    for event in reversed(events):
        if event.get("event") == "user":
            turns += 1
            if turns == 2:
                return False
        elif turns == 1 and event.get("event") == "action" and event.get("name") == ASK:
            return True
    return False


def _first(draft: str, review: ApologyReview, earlier: dict[str, Any] | None, responses: Responses) -> Reply:
    """What is there; of a later version only what became better, so that no praise is said twice."""
    there = [name for name in ELEMENTS if name in review.elements]
    if earlier is None:
        names = ["all"] if len(there) == len(ELEMENTS) else there[:MOST_PARTS] or ["none"]
        return Reply("utter_review_read", " ".join(_filled(responses, f"utter_review_has_{name}", 0) for name in names))
    turn = earlier["times"]
    better = [_filled(responses, "utter_review_gone", turn + at, text) for at, text in enumerate(_gone(draft, review, earlier))]
    better += [_filled(responses, f"utter_review_has_{name}", turn) for name in there if name not in earlier["elements"]]
    return Reply("utter_review_better", " ".join(better[:MOST_PARTS])) if better else Reply("utter_review_again")


def _gone(draft: str, review: ApologyReview, earlier: dict[str, Any]) -> list[str]:
    """The weak phrases of the version before that are no longer there, nor others of their kind."""
    kinds = {fault.kind for fault in review.faults}
    return [f["text"] for f in earlier["faults"] if f["kind"] not in kinds and _plain(f["text"]) not in _plain(draft)]


def _filled(responses: Responses, name: str, turn: int, quote: str = "") -> str:
    """A wording of a response, another one at each turn, with the visitor's words in it."""
    wordings = responses[name]
    text = str(wordings[turn % len(wordings)]["text"]).strip()
    return text.replace("{quote}", _short(quote))


def _mark(fault: Fault, why: str) -> dict[str, Any]:
    return {"start": fault.start, "end": fault.end, "kind": fault.kind, "why": why}


def _short(quote: str) -> str:
    """The quote on one line, without its closing mark; a long one is cut off."""
    words = quote.split()
    cut = words[:MOST_QUOTED_WORDS]
    return " ".join(cut) + " …" if len(cut) < len(words) else " ".join(cut).rstrip(".!?,;")


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
