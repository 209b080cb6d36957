"""What the coach says to a draft, with the texts of domain.yml."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.apology import OTHERWISE, ActionReviewApology, kept, replies
from bot.apology import ApologyReview, Fault
from bot.apology.review import ELEMENTS, FAULTS
from bot.settings import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
RESPONSES = DOMAIN["responses"]
DRAFT = "Lieve Sam, sorry dat ik loog, maar jij begon. Zo erg was het niet. Nu moet je me vergeven."


def review(*elements: str, faults: tuple[tuple[str, str], ...] = (), draft: str = DRAFT) -> ApologyReview:
    found = [Fault(kind, draft.index(text), draft.index(text) + len(text), text) for kind, text in faults]
    return ApologyReview(frozenset(elements), tuple(found))


BUT, SMALL, DEMAND = ("but_excuse", "maar jij begon."), ("minimise", "Zo erg was het niet."), ("demand", "Nu moet je me vergeven.")


def run(
    message: str, intent: str = "share_apology_draft", *, slot: Any = None, asked: bool = False
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Messages and events of the action."""
    before = [{"event": "user", "text": "x"}, {"event": "action", "name": "utter_draft_ask"}] if asked else []
    events = [*before, {"event": "action", "name": "action_listen"}, {"event": "user", "text": message}]
    latest = {"text": message, "intent": {"name": intent}}
    tracker = Tracker("s", {"apology_review": slot}, latest, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    return dispatcher.messages, ActionReviewApology().run(dispatcher, tracker, DOMAIN)


def test_first_what_is_there_then_the_faults_then_one_question() -> None:
    found = review("responsibility", "regret", faults=(BUT,))
    answer = replies(DRAFT, found, None, RESPONSES)
    assert [reply.response for reply in answer] == ["utter_review_read", "utter_review_weakens", "utter_review_missing_acknowledge_pain"]
    assert "'maar jij begon'" in answer[1].parts


def test_two_faults_are_named_and_all_are_marked() -> None:
    answer = replies(DRAFT, review("regret", faults=(BUT, SMALL, DEMAND)), None, RESPONSES)
    assert len(answer[1].parts.splitlines()) == 2
    shown = (answer[1].custom or {})["review"]
    assert [shown["text"][mark["start"] : mark["end"]] for mark in shown["marks"]] == [BUT[1], SMALL[1], DEMAND[1]]
    assert all(mark["why"] for mark in shown["marks"])


def test_when_all_is_there_it_goes_on_to_giving_it() -> None:
    answer = replies(DRAFT, review(*ELEMENTS), None, RESPONSES)
    assert [reply.response for reply in answer] == ["utter_review_read", "utter_review_ready"]
    assert answer[0].parts == RESPONSES["utter_review_has_all"][0]["text"]
    assert replies(DRAFT, review(*ELEMENTS, faults=(BUT,)), None, RESPONSES)[-1].response == "utter_review_change"


def test_a_new_version_is_called_better_only_when_it_is() -> None:
    earlier = kept(review("responsibility", faults=(BUT,)), None)
    better = "Lieve Sam, sorry dat ik loog."
    first = replies(better, review("responsibility", draft=better), earlier, RESPONSES)[0]
    assert first.response == "utter_review_better" and "maar jij begon" in first.parts
    same = replies(DRAFT, review("responsibility", faults=(BUT,)), earlier, RESPONSES)[0]
    assert same.response == "utter_review_again"
    # The phrase went, another of its kind came: that is not better.
    other = "Sorry dat ik loog, maar ik was moe."
    again = replies(other, review("responsibility", faults=(("but_excuse", "maar ik was moe."),), draft=other), earlier, RESPONSES)[0]
    assert again.response == "utter_review_again"


def test_praise_is_not_said_twice() -> None:
    earlier = kept(review("responsibility"), None)
    first = replies(DRAFT, review("responsibility", "regret"), earlier, RESPONSES)[0]
    assert first.parts in [row["text"] for row in RESPONSES["utter_review_has_regret"]]


def test_the_action_says_it_and_keeps_what_it_found() -> None:
    messages, events = run("wat vind je hiervan: Lieve Sam, sorry dat ik loog, maar jij begon ook.")
    assert 2 <= len(messages) <= 3
    assert all(message["response"] in RESPONSES for message in messages)
    assert [event["name"] for event in events] == ["apology_review"]
    assert events[0]["value"]["times"] == 1


@pytest.mark.parametrize(
    ("message", "intent", "asked", "then"),
    [
        ("mag ik mijn excuses laten lezen?", "share_apology_draft", False, "utter_draft_ask"),
        ("/share_apology_draft", "share_apology_draft", False, "utter_draft_ask"),
        ("hij is altijd zo gemeen tegen mij", "express_blame", True, "utter_blame_hear"),
    ],
)
def test_without_a_draft_it_asks_or_answers_what_was_said(message: str, intent: str, asked: bool, then: str) -> None:
    messages, events = run(message, intent, asked=asked)
    assert messages == []
    assert events == [{"event": "followup", "timestamp": None, "name": then}]


def test_all_that_it_can_say_stands_in_the_domain() -> None:
    wanted = {f"utter_review_has_{name}" for name in (*ELEMENTS, "all", "none")} | {f"utter_review_missing_{name}" for name in ELEMENTS}
    wanted |= {f"utter_review_fault_{kind}" for kind in FAULTS} | {
        f"utter_review_{name}" for name in ("read", "better", "again", "gone", "weakens", "change", "ready")
    }
    assert wanted | {name for name in OTHERWISE.values() if name.startswith("utter_")} <= set(RESPONSES)
    quoting = [name for name in wanted if name.startswith("utter_review_fault_")] + ["utter_review_gone"]
    assert all("{quote}" in row["text"] and "?" not in row["text"] for name in quoting for row in RESPONSES[name])
    assert all("{parts}" in row["text"] for name in ("read", "better", "weakens") for row in RESPONSES[f"utter_review_{name}"])
