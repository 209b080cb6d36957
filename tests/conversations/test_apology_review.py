"""Whole conversations in which an apology is read, changed and read again."""

from __future__ import annotations

from typing import Any

from tests.conftest import Coach


def marks_of(answers: list[dict[str, Any]]) -> list[str]:
    """The phrases that the widget marks."""
    reviews = [answer["custom"]["review"] for answer in answers if "review" in (answer.get("custom") or {})]
    return [review["text"][mark["start"] : mark["end"]] for review in reviews for mark in review["marks"]]


def said(answers: list[dict[str, Any]]) -> str:
    return "\n".join(answer.get("text") or "" for answer in answers)


def test_a_draft_is_made_better_step_by_step_until_it_can_be_given(coach: Coach, sender: str) -> None:
    first = coach.say(
        sender, "wat vind je van dit berichtje: Lieve Sam, het spijt me dat ik tegen je loog over het geld, maar jij gaf ook zoveel uit."
    )
    assert "computerprogramma" in said(first)
    assert any("maar jij gaf ook zoveel uit" in phrase for phrase in marks_of(first))
    assert "'maar jij gaf ook zoveel uit'" in said(first)
    assert said(first).count("?") == 1
    second = coach.say(sender, "en zo? Lieve Sam, het spijt me dat ik tegen je loog over het geld. Je hebt er nachten van wakker gelegen.")
    assert marks_of(second) == []
    assert "maar jij gaf ook zoveel uit" in said(second)
    third = coach.say(
        sender,
        "nieuwe versie: Lieve Sam, het spijt me verschrikkelijk dat ik tegen je loog over het geld. Je hebt er nachten van wakker gelegen. "
        "Ik zal nooit meer geld verzwijgen, voortaan bekijken we samen de rekening. Ik maak het goed, zaterdag laat ik je alle papieren zien en geef ik je het geld terug.",
    )
    assert marks_of(third) == []
    course = coach.course(sender)
    assert (course.count("utter_review_read"), course.count("utter_review_better")) == (1, 2)
    assert [
        answer["custom"]["card"]["rows"][0]["text"].count("Lieve Sam") for answer in third if "card" in (answer.get("custom") or {})
    ] == [1]
    assert said(third).replace("Ik maak het goed, zaterdag laat ik je alle papieren zien en geef ik je het geld terug.", "").count("?") == 1


def test_the_draft_comes_after_the_coach_asked_for_it_whatever_it_looks_like(coach: Coach, sender: str) -> None:
    coach.say(sender, "hoi")
    asked = coach.say(sender, "ik heb mijn excuses uitgeschreven, wil je ze lezen?")
    assert coach.course(sender)[-1] == "utter_draft_ask"
    assert said(asked).count("?") == 1
    answer = coach.say(sender, "sorry als ik je gekwetst heb, zo erg was het toch niet en jij doet altijd zo moeilijk")
    assert "utter_review_weakens" in coach.course(sender)
    assert any("als ik je gekwetst heb" in phrase for phrase in marks_of(answer))
    coach.say(sender, "dankjewel")
    assert coach.course(sender)[-1] == "utter_thank"


def test_an_alarm_in_a_draft_is_answered_instead_and_locks_the_review(coach: Coach, sender: str) -> None:
    coach.say(sender, "wat vind je van dit berichtje: lieve Sam, het spijt me dat ik loog")
    answer = coach.say(sender, "en dit dan: sorry dat ik je gisteren weer geslagen heb, het gebeurt niet meer")
    assert "utter_alarm_own_violence" in coach.actions(sender)
    assert marks_of(answer) == []
    coach.say(sender, "wat vind je van dit berichtje: lieve Sam, het spijt me dat ik loog over het geld")
    assert coach.course(sender).count("utter_review_read") == 1
    assert coach.actions(sender)[-1].startswith("utter_locked")
