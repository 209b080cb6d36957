"""The figures of `make evaluate`, on cases small enough to count by hand."""

from __future__ import annotations

import math

import pytest

from bot.apology import ApologyReview
from bot.apology.review import Fault
from bot.evaluation.alarms import alarm_figures
from bot.evaluation.apologies import Draft, apology_figures, read_drafts
from bot.evaluation.intents import intent_figures
from bot.evaluation.parse import Parsed
from bot.evaluation.robustness import VARIATIONS
from bot.evaluation.sets import Labelled, read_set


def parsed(intent: str, confidence: float = 0.9, *, alarm: dict | None = None, score: float = 0.0) -> Parsed:
    return Parsed(intent, confidence, asked_back=False, alarm=alarm, alarm_score=score)


def alarm(category: str, level: str = "alarm") -> dict:
    return {"category": category, "level": level, "score": 0.9}


def test_accuracy_counts_a_fair_other_label_and_leaves_out_what_fits_no_intent() -> None:
    wanted = [Labelled("a", "greet"), Labelled("b", "deny", also_ok=("stop",)), Labelled("c", "none"), Labelled("d", "thank")]
    got = [parsed("greet"), parsed("stop"), parsed("greet"), parsed("greet")]
    figures = intent_figures(wanted, got)
    assert figures.accuracy == pytest.approx(2 / 3)
    assert figures.confusions == [("thank", "greet", 1)]
    assert figures.f1["deny"] == 1.0


def test_asking_back_trades_questions_for_mistakes() -> None:
    wanted = [Labelled("a", "greet"), Labelled("b", "greet")]
    figures = intent_figures(wanted, [parsed("greet", 0.9), parsed("deny", 0.2)])
    low, high = figures.curve[0], figures.curve[9]
    assert low[1:] == (0.0, 0.5)
    assert high[1:] == (0.5, 0.0)


def test_recall_is_over_alarm_and_acute_and_concern_is_neither_miss_nor_false_alarm() -> None:
    wanted = [
        Labelled("a", "alarm", "alarm", "suicidality"),
        Labelled("b", "alarm", "acute", "own_violence"),
        Labelled("c", "none", "concern", "suicidality"),
        Labelled("d", "none"),
    ]
    got = [
        parsed("alarm", alarm=alarm("suicidality"), score=0.9),
        parsed("greet", alarm=alarm("own_violence", "concern"), score=0.3),
        parsed("alarm", alarm=alarm("suicidality"), score=0.8),
        parsed("greet"),
    ]
    figures = alarm_figures(wanted, got)
    assert figures.recall == 0.5
    assert figures.false_alarms == 0.0
    assert figures.category_right == 1.0
    assert figures.acute_noticed == 0.0
    assert figures.recall_by_category == {"own_violence": 0.0, "suicidality": 1.0}
    threshold, recall, false, cost = figures.curve[4]
    assert (round(threshold, 2), recall, false, cost) == (0.25, 1.0, 0.0, 0.0)


def test_a_set_without_alarms_has_no_recall() -> None:
    assert math.isnan(alarm_figures([Labelled("a", "greet")], [parsed("greet")]).recall)


@pytest.mark.parametrize("name", ["intents_dev", "intents_choose", "alarm_dev", "alarm_choose", "real_dev"])
def test_every_set_can_be_read(name: str) -> None:
    rows = read_set(name)
    assert len(rows) > 100
    assert all(row.category for row in rows if row.dangerous)


@pytest.mark.parametrize("name", VARIATIONS)
def test_variations_change_the_text_and_always_in_the_same_way(name: str) -> None:
    text = "Hij zei niets, en ik ook niet."
    assert VARIATIONS[name](text) != text
    assert VARIATIONS[name](text) == VARIATIONS[name](text)
    assert VARIATIONS[name]("") is not None


def test_a_fault_counts_when_its_kind_is_right_and_its_words_overlap() -> None:
    drafts = [
        Draft("sorry maar jij begon", frozenset({"regret"}), (("but_excuse", 6, 20),)),
        Draft("het spijt me", frozenset({"regret"}), ()),
    ]
    reviews = [
        ApologyReview(frozenset({"regret", "repair"}), (Fault("but_excuse", 0, 9, "sorry maa"), Fault("vague", 0, 5, "sorry"))),
        ApologyReview(frozenset(), (Fault("vague", 0, 3, "het"),)),
    ]
    figures = apology_figures(drafts, reviews)
    assert figures.elements == 2 / (2 + 1 + 1)
    assert figures.faults == 2 / (2 + 2)
    assert figures.by_kind["but_excuse"] == 1.0
    assert figures.innocent_faulted == 1.0


def test_the_apologies_can_be_read() -> None:
    drafts = read_drafts()
    assert len(drafts) > 70
    assert all(draft.text[start:end].strip() for draft in drafts for _, start, end in draft.faults)
