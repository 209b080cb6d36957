"""What a draft is refused for before anything is trained, with a reason that a therapist understands."""

from __future__ import annotations

import pytest

from bot.content.files import Content, shipped
from bot.content.locked import last_unlocked, with_intent
from bot.content.responses import with_new_response, with_response
from bot.content.stories import with_story, without_story
from bot.publishing.report import NOTE, STOPS, Finding
from bot.publishing.rules import rule_findings


def stopped(content: Content) -> str:
    return "\n".join(finding.text for finding in rule_findings(content, shipped()) if finding.kind == STOPS)


def saying(text: str) -> Content:
    variants = [{"text": text}, {"text": "Dat klinkt zwaar, zeg."}, {"text": "Dat is veel ineens."}]
    return with_response(shipped(), "utter_hurt_more", variants)


def test_what_ships_is_fit_and_nothing_is_said_of_it() -> None:
    assert rule_findings(shipped(), shipped()) == []


def test_a_new_sentence_is_fit() -> None:
    assert stopped(saying("Wat een verdriet. Waar heb je nu behoefte aan?")) == ""


def test_a_story_can_t_answer_an_alarm() -> None:
    text = shipped()["data/stories/distance.yml"] + "\n- story: eerst sorry\n  steps:\n  - intent: alarm\n  - action: utter_apology_hear\n"
    found = stopped({**shipped(), "data/stories/distance.yml": text})
    assert "Het verhaal 'eerst sorry' (Uit elkaar groeien) geeft antwoord op een alarmsignaal" in found


def test_a_story_can_t_answer_an_alarm_as_one_of_several() -> None:
    steps = "  - or:\n    - intent: express_hurt\n    - intent: alarm\n  - action: utter_hurt_hear\n"
    text = shipped()["data/stories/distance.yml"] + f"\n- story: een van twee\n  steps:\n{steps}"
    assert "'een van twee' (Uit elkaar groeien) geeft antwoord op een alarmsignaal" in stopped(
        {**shipped(), "data/stories/distance.yml": text}
    )


def test_a_story_can_t_say_what_belongs_after_an_alarm() -> None:
    steps = [{"intent": "express_distance"}, {"action": "utter_safe_no"}]
    assert "Dat hoort alleen na een alarm" in stopped(with_story(shipped(), "hurt", "veilig", steps))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Praat er niet met je vrienden over.", "steun bij anderen"),
        ("Vergeven is niet optioneel.", "vrije keuze"),
        ("Neem verantwoordelijkheid, of het nu jouw schuld is of niet.", "schuld aangepraat"),
        ("Raak hem aan.", "Aanraken mag alleen"),
        ("Waarom blijf je bij hem?", "tot weggaan"),
        ("Wat goed!", "uitroepteken"),
        ("Bel 112 als het niet gaat.", "nummers van hulplijnen"),
        ("Wat deed hij? Wat zei hij?", "één vraag"),
        ("Kunt u dat uitleggen?", "geen 'u'"),
    ],
)
def test_a_sentence_that_must_not_be_said_is_stopped(text: str, reason: str) -> None:
    assert reason in stopped(saying(text))


def test_an_alarm_s_words_are_not_for_changing() -> None:
    domain = shipped()["domain.yml"]
    name = "utter_alarm_partner_violence:"
    at = domain.index("text:", domain.index(name))
    changed = domain[:at] + 'text: "Ga eerst sorry zeggen. {helplines}"\n    - ' + domain[at:]
    found = stopped({**shipped(), "domain.yml": changed})
    assert "is vast en blijft zoals het is" in found
    assert "tegen iemand in gevaar" in found


def test_stories_that_contradict_each_other_are_both_named() -> None:
    steps = [{"intent": "express_hurt"}, {"action": "utter_blame_hear"}]
    found = stopped(with_story(shipped(), "blame", "pijn als verwijt", steps))
    assert "Twee verhalen spreken elkaar tegen" in found
    assert "'pijn als verwijt' (Verwijt)" in found
    assert "'gekwetst' (Pijn)" in found


def test_an_intent_without_an_answer_is_a_dead_end() -> None:
    assert 'Op "praat over geldzorgen" heeft de coach geen antwoord' in stopped(with_intent(shipped(), "eigen_geldzorgen"))


def test_an_answer_that_goes_is_a_dead_end() -> None:
    flows = {
        path: text.replace("intent: express_distance", "intent: involve_others") for path, text in shipped().items() if "stories" in path
    }
    assert 'Op "merkt dat ze uit elkaar groeien" heeft de coach geen antwoord meer' in stopped({**shipped(), **flows})


def test_a_button_that_leads_nowhere_is_a_dead_end() -> None:
    content = with_intent(shipped(), "eigen_later")
    variants = [{"text": f"Wil je dat later doen ({n})?", "buttons": [{"title": "Later", "payload": "/eigen_later"}]} for n in "abc"]
    content = with_new_response(content, "utter_eigen_later", variants, last_unlocked(content))
    content = with_story(content, "hurt", "later", [{"intent": "express_distance"}, {"action": "utter_eigen_later"}])
    assert "De knop 'Later' bij \"later\" leidt nergens heen" in stopped(content)


def test_what_no_story_says_is_told() -> None:
    variants = [{"text": f"Dat hoor ik vaker {n}."} for n in "abc"]
    content = with_new_response(shipped(), "utter_eigen_los", variants, last_unlocked(shipped()))
    assert Finding(NOTE, '"los" komt in geen enkel verhaal voor.') in rule_findings(content, shipped())


def test_what_can_t_be_read_is_told_and_nothing_else() -> None:
    found = rule_findings({**shipped(), "domain.yml": "responses: [\n"}, shipped())
    assert found
    assert {finding.kind for finding in found} == {STOPS}


def test_a_story_may_go() -> None:
    assert stopped(without_story(shipped(), "forgiveness", "vergeven, iets loslaten")) == ""
