"""Whole conversations over HTTP: the check-up, forgiving, trust, a received apology, listening and the rest, with detours."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import Coach


class Visitor:
    """Talks with the coach; what was said so far, and what happened in the last turn."""

    def __init__(self, coach: Coach, sender: str) -> None:
        self.coach = coach
        self.sender = sender
        self.sentences: list[str] = []
        self._actions = 0
        self._events = 0

    def say(self, text: str, expected: str) -> str:
        """Say something; the coach's answer. One of the actions or responses of the turn begins with `expected`."""
        self.answers = self.coach.say(self.sender, text)
        assert self.answers, f"silence after {text!r}"
        events = self.coach.http.get(f"{self.coach.rasa}/conversations/{self.sender}/tracker").json()["events"]
        new, self._events = events[self._events :], len(events)
        happened = [e["name"] for e in new if e["event"] == "action" and e["name"] != "action_listen"]
        happened += [e["metadata"].get("utter_action") or "" for e in new if e["event"] == "bot"]
        assert any(name.startswith(expected) for name in happened), f"after {text!r}: {happened}, not {expected}"
        answer = "\n".join(message["text"] for message in self.answers if message.get("text"))
        assert answer.count("?") <= 1, answer
        self.sentences += re.split(r"(?<=[.?])\s+", answer)
        return answer

    def follow(self, turns: list[tuple[str, str]]) -> None:
        for text, expected in turns:
            self.say(text, expected)

    def custom(self, key: str) -> Any:
        """That part of the last turn's custom payload."""
        return next(message["custom"][key] for message in self.answers if key in (message.get("custom") or {}))

    def nothing_came_back(self) -> None:
        """No sentence was said twice."""
        twice = {sentence for sentence in self.sentences if self.sentences.count(sentence) > 1}
        assert not twice, twice


@pytest.fixture
def visitor(coach: Coach, sender: str) -> Visitor:
    return Visitor(coach, sender)


def checked_up(visitor: Visitor, marks: list[str], last: str = "action_checkup_result") -> str:
    """Answer all eight questions."""
    visitor.say("ik wil de relatie-apk doen", "action_clear_checkup")
    for mark in marks[:-1]:
        visitor.say(mark, "checkup_form")
    return visitor.say(marks[-1], last)


def test_a_check_up_with_detours_kept_compared_and_erased(coach: Coach, visitor: Visitor) -> None:
    visitor.follow(
        [
            ("ik wil de relatie-apk doen", "utter_checkup_start"),
            ("een 7 of zo", "utter_ask_score_curiosity"),
            ("wie kan dit lezen?", "utter_privacy"),
            ("acht", "utter_ask_score_listening"),
            ("terug", "utter_checkup_back"),
            ("zes", "utter_ask_score_listening"),
            ("gaat wel", "utter_checkup_no_score"),
            ("praten gaat wel, een 4", "utter_ask_score_heard"),
            ("wat valt er tot nu toe op?", "utter_checkup_so_far"),
            ("sla over", "utter_ask_score_repair"),
            ("hoe bedoel je?", "utter_checkup_explain"),
            ("nee wacht, luisteren moest een 3 zijn", "utter_checkup_corrected"),
            ("8", "utter_ask_score_joy"),
            ("9", "utter_ask_score_trust"),
            ("7/10", "utter_ask_score_safety"),
        ]
    )
    answer = visitor.say("8", "action_checkup_result")
    assert "plezier samen" in answer
    assert "luisteren" in answer
    assert "luisteren 3" in visitor.custom("alt")
    address = visitor.custom("image")
    assert "/relatie-apk/" in address
    address = coach.web + urlsplit(address).path
    picture = coach.http.get(address)
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    visitor.say("ja graag", "utter_checkup_kept")
    visitor.nothing_came_back()

    answer = checked_up(visitor, ["7", "6", "6", "7", "8", "9", "7", "8"], "utter_checkup_since")
    assert "6,5" in answer, "listening went from 3 to 6.5"
    assert "Vorige keer" in visitor.custom("alt")
    visitor.say("wis mijn gesprek", "utter_ask_erase")
    coach.say(visitor.sender, "/affirm")
    assert coach.http.get(address).status_code == 404


def test_low_marks_lead_to_a_person_and_nothing_is_kept_against_ones_will(coach: Coach, visitor: Visitor) -> None:
    checked_up(visitor, ["3", "2", "4", "3", "2", "4", "3", "7"])
    visitor.say("nee", "utter_checkup_low")
    visitor.say("ja graag", "intake_form")
    visitor.nothing_came_back()
    checked_up(Visitor(coach, visitor.sender + "2"), ["8", "8", "8", "8", "8", "8", "8", "9"])


def test_fear_in_a_mark_is_asked_about_and_a_yes_locks(visitor: Visitor) -> None:
    checked_up(visitor, ["5", "5", "5", "5", "5", "5", "5", "1"], "utter_concern_partner_violence")
    assert visitor.coach.actions(visitor.sender)[-1] == "utter_concern_partner_violence", "and the coach waits for the answer"
    visitor.say("ja", "utter_alarm_partner_violence")
    visitor.say("ik wil de relatie-apk doen", "utter_locked_coaching")


def test_fear_in_a_mark_denied_goes_on(visitor: Visitor) -> None:
    checked_up(visitor, ["5", "5", "5", "5", "5", "5", "5", "2"], "utter_concern_partner_violence")
    visitor.say("nee", "utter_checkup_after_concern")
    visitor.say("hoe kan ik haar ooit weer vertrouwen", "utter_trust_hear")


def test_forgiving_is_a_free_choice(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("moet ik hem dan maar vergeven?", "utter_forgiveness_is"),
            ("het doet nog elke dag pijn wat hij tegen me zei", "utter_forgiveness_weight"),
            ("praat ik eigenlijk met een mens?", "utter_bot_challenge"),
            ("zijn woorden kwetsen me nog steeds zo", "utter_forgiveness_steps"),
            ("nee", "utter_forgiveness_no_room"),
            ("ik voel me er zo alleen mee", "utter_forgiveness_alone"),
            ("hij mag me nooit meer zo kwetsen", "utter_forgiveness_choice"),
            ("nee", "utter_forgiveness_not_yet"),
            ("ik ben er gewoon nog zo verdrietig over", "utter_round_off"),
        ]
    )
    visitor.nothing_came_back()


def test_trust_ends_in_an_agreement_to_keep(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("hoe kan ik haar ooit weer vertrouwen", "utter_trust_hear"),
            ("ik ben zo gekwetst dat ze tegen me gelogen heeft", "utter_trust_signs"),
            ("ik weet niet hoe ik haar weer kan vertrouwen", "utter_trust_time"),
            ("het doet pijn, ik kan haar niet meer geloven", "utter_trust_agreements"),
            ("ja graag", "utter_ask_agreement_mine"),
            ("meer eerlijkheid", "utter_agreement_vague"),
            ("dat ze zegt waar ze heen gaat", "utter_ask_agreement_theirs"),
            ("wat kost een kennismakingsgesprek?", "utter_intake"),
            ("vraag ik nog", "utter_ask_agreement_what"),
            ("zij appt me als het later wordt", "utter_ask_agreement_review"),
        ]
    )
    answer = visitor.say("zondag over twee weken", "utter_agreement_card")
    rows = visitor.custom("card")["rows"]
    assert [row["text"] for row in rows] == [
        "dat ze zegt waar ze heen gaat",
        "dat vraag ik nog",
        "zij appt me als het later wordt",
        "zondag over twee weken",
    ]
    assert all(f"{row['label']}: {row['text']}" in answer for row in rows), "where no card can be shown, the text says it"
    visitor.nothing_came_back()


def test_an_apology_that_was_received_is_held_against_its_elements(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("hij heeft sorry gezegd maar ik weet niet of hij het meent", "utter_received_hear"),
            ("het deed me pijn hoe snel hij het zei", "utter_received_mirror"),
            ("hij zei: 'sorry als ik je gekwetst heb'", "utter_received_fault"),
            ("dat deed me pijn, het voelde niet echt", "utter_received_signs"),
            ("wie leest dit mee?", "utter_privacy"),
            ("hij doet nog precies hetzelfde en dat kwetst me", "utter_received_time"),
            ("ik ben nog steeds verdrietig over die avond", "utter_received_reply"),
            ("moet ik hem dan maar vergeven?", "utter_forgiveness_is"),
        ]
    )
    visitor.nothing_came_back()


def test_a_closed_door_leads_to_listening_and_its_card(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("ze wil er niet over praten, ze klapt dicht", "utter_unwilling_hear"),
            ("ze loopt weg zodra ik erover begin", "utter_unwilling_side"),
            ("ze wil gewoon niet praten", "utter_unwilling_two"),
            ("hij weigert erover te praten, wat ik ook doe", "utter_unwilling_open"),
            ("ze zwijgt en wil niks zeggen", "utter_listening_offer"),
            ("ja", "utter_ask_listening_said"),
            ("geef een voorbeeld", "utter_listening_example"),
            ("Jij zegt dat je je alleen voelt, maar ik werk hard", "utter_listening_fault_but"),
            ("Jij zegt dat je je alleen voelt als ik zo lang werk", "utter_good_listening_summary"),
            ("Ik snap dat je je eenzaam voelde", "utter_good_listening_feeling"),
            ("waarom zeg je dat?", "utter_listening_why"),
            ("Wat zou jou helpen?", "utter_listening_card"),
        ]
    )
    assert [row["label"] for row in visitor.custom("card")["rows"]] == ["Samenvatten", "Erkennen", "Doorvragen"]
    visitor.nothing_came_back()


def test_distance_leads_to_the_check_up_and_stop_ends_it(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("we leven langs elkaar heen", "utter_distance_hear"),
            ("we zitten elke avond zwijgend naast elkaar", "utter_distance_remember"),
            ("vroeger deden we alles samen, nu leven we als huisgenoten", "utter_distance_curious"),
            ("we praten alleen nog over de boodschappen, de rest is weg", "utter_distance_small"),
            ("we groeien uit elkaar", "utter_conflict_chance"),
            ("er is geen liefde meer, alleen routine", "utter_distance_checkup"),
            ("ja", "utter_checkup_start"),
            ("6", "checkup_form"),
            ("laat maar, stop hiermee", "utter_stopped"),
            ("mijn zus vindt ook dat hij fout zit", "utter_others_hear"),
        ]
    )
    visitor.nothing_came_back()


def test_shame_comes_to_regret_and_playing_down_is_left_alone(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("ik ben een verschrikkelijk mens, dit vergeef ik mezelf nooit", "utter_shame_hear"),
            ("ik haat mezelf om wat ik gedaan heb", "utter_shame_deed"),
            ("ik schaam me kapot, ik ben een mislukkeling", "utter_shame_self"),
            ("ik kan mezelf niet vergeven", "utter_shame_kind"),
            ("ik schaam me nog steeds zo voor mezelf", "utter_shame_step"),
            ("ik walg van mezelf", "utter_shame_regret"),
            ("nee", "utter_shame_rest"),
            ("zo erg was het nou ook weer niet, zij deed net zo goed mee", "utter_minimise_mirror"),
            ("het was maar een grapje, ze moet zich niet aanstellen", "utter_minimise_partner"),
            ("iedereen doet dat wel eens, het valt best mee wat ik deed", "utter_minimise_feeling"),
            ("zij overdrijft altijd, zo erg was het niet", "utter_minimise_own"),
            ("ik bedoelde het niet zo, het stelde niks voor", "utter_minimise_invite"),
            ("nee", "utter_minimise_leave"),
        ]
    )
    visitor.nothing_came_back()


def test_others_stay_ones_support(visitor: Visitor) -> None:
    visitor.follow(
        [
            ("mijn zus vindt ook dat hij fout zit", "utter_others_hear"),
            ("al mijn vriendinnen zeggen dat ik gelijk heb", "utter_others_story"),
            ("hij heeft me gekwetst en dat doet pijn", "utter_others_self"),
            ("ik voel me vooral verdrietig en alleen", "utter_others_feeling"),
            ("dat ik elke avond huil om wat hij zei", "utter_others_partner"),
            ("nee", "utter_others_keep"),
        ]
    )
    visitor.nothing_came_back()


@pytest.mark.parametrize("start", ["ik wil de relatie-apk doen", "/ask_listening"])
def test_an_alarm_in_an_exercise_comes_first_and_locks(visitor: Visitor, start: str) -> None:
    visitor.say(start, "action_clear_")
    answer = visitor.say("hij heeft me gisteren geslagen", "utter_alarm_partner_violence")
    assert "0800-2000" in answer
    visitor.say("ja, ik ben veilig", "utter_safe_yes")
    visitor.say(start, "utter_locked_coaching")


def test_the_exercise_can_be_asked_for_in_ones_own_words(visitor: Visitor) -> None:
    visitor.say("ik zou graag beter leren luisteren naar mijn vrouw", "utter_listening_start")
    visitor.say("stop", "utter_stopped")
