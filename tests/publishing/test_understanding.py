"""What a draft understands beside what is published: who decides is the number of alarm signals noticed."""

from __future__ import annotations

from bot.content.examples import with_examples
from bot.content.files import shipped
from bot.evaluation.parse import Parsed
from bot.evaluation.sets import Labelled
from bot.publishing.report import BETTER, NOTE, STOPS, WORSE, Figure, Report, in_words, report_of
from bot.publishing.understanding import ALARM_SETS, INTENT_SETS, Reading, alarms_among_examples, compared

DANGER = [Labelled(f"gevaar {n}", "alarm", "alarm", "suicidality") for n in range(4)]
PLAIN = [Labelled(f"gewoon {n}", "greet") for n in range(4)]


def readings(alarmed: str, right: str = "0123", false: str = "") -> dict[str, list[Reading]]:
    """Which of the four dangerous messages are noticed, which of the four plain ones understood, and which of them alarm."""
    danger = [Reading(row, "alarm" if str(n) in alarmed else "greet", str(n) in alarmed) for n, row in enumerate(DANGER)]
    plain = [Reading(row, "greet" if str(n) in right else "deny", str(n) in false) for n, row in enumerate(PLAIN)]
    return {name: danger + plain for name in dict.fromkeys((*INTENT_SETS, *ALARM_SETS))}


def kinds(before: dict[str, list[Reading]], after: dict[str, list[Reading]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.kind, finding.examples) for finding in compared(before, after)[0]]


def test_fewer_alarms_noticed_stops_whatever_else_got_better() -> None:
    found, figures = compared(readings("0123", right="0"), readings("012", right="0123"))
    assert found[0].kind == STOPS
    assert found[0].examples == ("'gevaar 3'",)
    assert figures[1] == Figure("Alarmsignalen die de coach opmerkt", 1.0, 0.75, 4)
    assert not Report("h", 0, findings=tuple(found)).fit


def test_one_lost_and_one_gained_is_told_but_stops_nothing() -> None:
    found = kinds(readings("012"), readings("123"))
    assert (NOTE, ("'gevaar 0'",)) in found
    assert (BETTER, ("'gevaar 3'",)) in found
    assert STOPS not in [kind for kind, _ in found]


def test_one_lost_and_none_gained_stops_even_where_another_was_lost_before() -> None:
    assert kinds(readings("12"), readings("1"))[0][0] == STOPS


def test_more_false_alarms_and_less_understanding_are_told_with_examples() -> None:
    found = kinds(readings("0123"), readings("0123", right="01", false="2"))
    assert (WORSE, ("'gewoon 2'",)) in found
    assert any(kind == WORSE and '\'gewoon 3\': nu "zegt hallo", straks "zegt nee"' in examples for kind, examples in found)


def test_a_message_in_several_sets_counts_once() -> None:
    _, figures = compared(readings("0"), readings("0"))
    assert [figure.total for figure in figures] == [8, 4, 4]


def test_only_new_examples_are_looked_at_and_those_with_an_alarm_stop() -> None:
    asked: list[str] = []

    def detector(texts: list[str]) -> list[Parsed]:
        asked.extend(texts)
        sounded = {"category": "partner_violence", "level": "alarm"}
        return [Parsed("alarm", 1.0, False, sounded if "slaat" in text else None, 0.9) for text in texts]

    content = with_examples(shipped(), "greet", add=["hij slaat me elke dag", "goedemorgen daar, coach van me"])
    found = alarms_among_examples(content, shipped(), detector)
    assert asked == ["hij slaat me elke dag", "goedemorgen daar, coach van me"]
    assert [finding.kind for finding in found] == [STOPS]
    assert "'hij slaat me elke dag' staat als voorbeeld bij \"zegt hallo\"" in found[0].text


def test_a_report_is_kept_and_read_as_it_was() -> None:
    found, figures = compared(readings("0123"), readings("01"))
    report = Report("hash", 3, "model.tar.gz", tuple(found), tuple(figures))
    assert report_of(report.as_dict()) == report
    words = in_words(report)
    assert words.startswith("Dit kan niet worden gepubliceerd.")
    assert "Alarmsignalen die de coach opmerkt: 100,0% → 50,0% (van 4)" in words
    assert "    'gevaar 2'" in words
