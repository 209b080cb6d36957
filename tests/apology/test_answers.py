"""What the coach says to a draft, with the texts of domain.yml."""

from __future__ import annotations

import yaml

from actions.apology import kept, replies, what_next
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


def test_first_what_is_there_then_the_faults_then_one_question() -> None:
    found = review("responsibility", "regret", faults=(BUT,))
    answer = replies(DRAFT, found, None, RESPONSES)
    assert [reply.response for reply in answer] == ["utter_review_read", "utter_review_weakens"]
    assert what_next(found, "acknowledge_pain").response == "utter_review_missing_acknowledge_pain"
    assert "'maar jij begon'" in answer[1].parts


def test_two_faults_are_named_and_all_are_marked() -> None:
    answer = replies(DRAFT, review("regret", faults=(BUT, SMALL, DEMAND)), None, RESPONSES)
    assert len(answer[1].parts.splitlines()) == 2
    shown = (answer[1].custom or {})["review"]
    assert [shown["text"][mark["start"] : mark["end"]] for mark in shown["marks"]] == [BUT[1], SMALL[1], DEMAND[1]]
    assert all(mark["why"] for mark in shown["marks"])


def test_when_all_is_there_it_goes_on_to_giving_it() -> None:
    answer = replies(DRAFT, review(*ELEMENTS), None, RESPONSES)
    assert [reply.response for reply in answer] == ["utter_review_read"]
    assert what_next(review(*ELEMENTS), None).response == "utter_review_ready"
    assert answer[0].parts == RESPONSES["utter_review_has_all"][0]["text"]
    assert what_next(review(*ELEMENTS, faults=(BUT,)), None).response == "utter_review_change"


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


def test_all_that_it_can_say_stands_in_the_domain() -> None:
    wanted = {f"utter_review_has_{name}" for name in (*ELEMENTS, "all", "none")} | {f"utter_review_missing_{name}" for name in ELEMENTS}
    wanted |= {f"utter_review_fault_{kind}" for kind in FAULTS} | {
        f"utter_review_{name}" for name in ("read", "better", "again", "gone", "weakens", "change", "ready")
    }
    assert wanted <= set(RESPONSES)
    quoting = [name for name in wanted if name.startswith("utter_review_fault_")] + ["utter_review_gone"]
    assert all("{quote}" in row["text"] and "?" not in row["text"] for name in quoting for row in RESPONSES[name])
    assert all("{parts}" in row["text"] for name in ("read", "better", "weakens") for row in RESPONSES[f"utter_review_{name}"])
