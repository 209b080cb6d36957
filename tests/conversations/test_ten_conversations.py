"""Ten whole conversations over HTTP: what somebody says, and what the coach has to do with it."""

from __future__ import annotations

import pytest

from tests.conftest import Coach

# Each turn: what the visitor says, and the action or response that has to be among what answers it (a prefix is enough).
CONVERSATIONS: dict[str, list[tuple[str, str]]] = {
    "hurt: laughed at before friends": [
        ("hoi", "utter_greet"),
        (
            "hij heeft me gisteren uitgelachen waar al zijn vrienden bij waren, dat doet zo'n pijn",
            "utter_hurt_hear",
        ),
        ("ik voelde me zo vernederd door hem, dat doet nog steeds pijn", "utter_hurt_deepen"),
        ("vooral dat hij zag dat ik verdrietig was en gewoon doorging, dat kwetst me", "utter_hurt_need"),
        ("ik voel me zo alleen hierin, dat hij me niet ziet staan", "utter_hurt_message"),
        ("ja graag", "utter_ask_own_message"),
        ("dankjewel, daar heb ik wat aan", "utter_thank"),
        ("tot later", "utter_goodbye"),
    ],
    "hurt: an affair, questions in between": [
        ("mijn man is vreemdgegaan en dat doet zo ontzettend veel pijn", "utter_hurt_hear"),
        ("wie leest dit mee?", "utter_privacy"),
        ("ik lig elke nacht wakker van het verdriet", "utter_hurt_deepen"),
        ("praat ik eigenlijk met een mens?", "utter_bot_challenge"),
        ("ik voel me zo gekwetst en alleen, ik huil al weken om wat hij gedaan heeft", "utter_hurt_need"),
        ("moet ik hem dan maar vergeven?", "utter_forgiveness_is"),
    ],
    "hurt: Flemish, then the apology that was made": [
        ("dag", "utter_greet"),
        ("mijn lief is mijn verjaardag gewoon vergeten en da doet pijn, echt waar", "utter_hurt_hear"),
        ("kvoel mij zo klein daardoor, 'k heb heel den avond zitten wenen", "utter_hurt_deepen"),
        ("hij heeft wel sorry gezegd maar ik weet niet of hij het meent", "utter_received_hear"),
        ("hij zei dat het hem spijt, en daarna pakte hij gewoon zijn gsm weer", "utter_received_mirror"),
        ("hoe kan ik hem ooit weer vertrouwen", "utter_trust_hear"),
    ],
    "blame: never any help in the house": [
        ("het is altijd zijn schuld, hij denkt alleen aan zichzelf", "utter_blame_hear"),
        ("hij is gewoon lui en egoïstisch, nooit doet hij iets in huis", "utter_blame_feeling"),
        ("zij zijn toch allemaal zo, hij luistert nooit en weet alles beter", "utter_blame_wish"),
        ("nooit helpt hij eens mee, hij is gewoon verwend", "utter_blame_own"),
        ("ja oké", "utter_blame_share"),
        ("hoe begin ik er met hem over?", "action_clear_plan"),
        ("morgenavond na het eten", "first_step_form"),
        ("aan de keukentafel", "first_step_form"),
        ("ik voel me alleen in het huishouden en ik heb je hulp nodig", "utter_first_step_plan"),
    ],
    "blame: not ready to look at oneself": [
        ("hoi", "utter_greet"),
        ("zij verpest altijd alles met haar gezeur, het ligt echt aan haar", "utter_blame_hear"),
        ("ze is onmogelijk, ze wil altijd haar gelijk halen", "utter_blame_feeling"),
        ("zij is degene die fout zit, altijd maar verwijten maken", "utter_blame_wish"),
        ("zij maakt overal ruzie van, het is gewoon haar karakter", "utter_blame_own"),
        ("nee", "utter_blame_not_now"),
        ("ze wil er niet over praten, ze klapt dicht", "utter_unwilling_hear"),
        ("mijn zus vindt ook dat zij fout zit", "utter_others_hear"),
    ],
    "apology: said an ugly thing": [
        ("ik heb haar pijn gedaan en daar heb ik spijt van", "utter_apology_story"),
        ("ik heb haar voor haar ouders voor schut gezet, en dat spijt me enorm", "utter_apology_pain"),
        ("ze was helemaal stil en ze moest huilen", "utter_apology_repeat"),
        ("ik maak geen grapjes meer over haar werk", "utter_apology_repair"),
        ("wat kost een kennismakingsgesprek?", "utter_intake"),
        ("dankjewel", "utter_thank"),
    ],
    "apology: plays it down, then sees it": [
        ("zo erg was het nou ook weer niet, zij deed net zo goed mee", "utter_minimise_mirror"),
        ("ik heb haar echt gekwetst met wat ik zei, daar heb ik spijt van", "apology_form"),
        ("ik heb haar uitgelachen om haar accent", "utter_apology_pain"),
        ("ze werd stil en ging naar boven", "apology_form"),
        (
            "wat vind je van dit berichtje: lieve Sam, het spijt me dat ik tegen je loog over het geld",
            "utter_review_read",
        ),
        ("laat maar, stop hiermee", "utter_stopped"),
    ],
    "apology: shame, a question, a check-up": [
        ("wat kun je voor me doen?", "utter_help"),
        ("ik ben een verschrikkelijk mens, dit vergeef ik mezelf nooit", "utter_shame_hear"),
        ("ik heb tegen hem gelogen en dat spijt me verschrikkelijk", "utter_apology_pain"),
        ("ik wil de relatie-apk doen", "action_clear_checkup"),
        ("praten gaat wel, een 4", "checkup_form"),
        ("wie kan dit lezen?", "utter_privacy"),
        ("7", "checkup_form"),
        ("een zes", "checkup_form"),
        ("5,5", "checkup_form"),
        ("sla over", "checkup_form"),
        ("terug", "checkup_form"),
        ("6", "checkup_form"),
        ("6", "checkup_form"),
        ("7", "checkup_form"),
        ("8", "action_checkup_result"),
    ],
    "alarm: hit by the partner": [
        ("hoi", "utter_greet"),
        ("hij heeft me gisteren geslagen", "utter_alarm_partner_violence"),
        ("ja, hij is nu naar zijn werk", "utter_safe_yes"),
        ("oh laat maar, het valt wel mee", "utter_locked"),
        ("hoe zeg ik sorry tegen hem, ik heb spijt dat ik hem boos maakte", "utter_locked_coaching"),
        ("hoe begin ik er met hem over?", "utter_locked_coaching"),
        ("kan ik een echte therapeut spreken", "utter_intake_start_safe"),
        ("wie leest dit mee?", "utter_privacy"),
    ],
    "alarm: wants to be dead, in the middle of an exercise": [
        ("hoe begin ik er met haar over?", "action_clear_plan"),
        (
            "ik wil niet meer leven, ik heb er over nagedacht om er een einde aan te maken",
            "utter_alarm_suicidality",
        ),
        ("nee", "utter_stay_suicidality"),
        ("ze vergeeft het me toch nooit, moet ze me vergeven?", "utter_locked"),
        ("ik voel me zo alleen", "utter_locked_listen_suicidality"),
        ("dankje", "utter_locked_thank"),
        ("tot later", "utter_locked_goodbye"),
    ],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_conversation(coach: Coach, sender: str, name: str) -> None:
    said_before = 0
    texts: list[str] = []
    for text, expected in CONVERSATIONS[name]:
        answers = coach.say(sender, text)
        course = coach.course(sender)
        new, said_before = course[said_before:], len(course)
        assert answers, f"silence after {text!r}"
        assert any(action.startswith(expected) for action in new), f"after {text!r}: {new}, not {expected}"
        texts.extend(message.get("text", "") for message in answers)
    assert len(CONVERSATIONS[name]) >= 6
    assert "computerprogramma" in texts[0]


def test_after_an_alarm_no_coaching_is_said(coach: Coach, sender: str) -> None:
    coach.say(sender, "hij heeft me gisteren geslagen")
    for text in (
        "ik heb spijt van wat ik zei, hoe zeg ik sorry",
        "hoe kan ik hem vergeven",
        "hoe kan ik hem ooit weer vertrouwen",
        "ik wil de eerste stap zetten, hoe begin ik erover",
        "/ask_first_step",
        "ik wil de relatie-apk doen",
    ):
        coach.say(sender, text)
    allowed = (
        "utter_alarm",
        "utter_locked",
        "utter_safe",
        "utter_stay",
        "utter_privacy",
        "action_session_start",
    )
    assert all(action.startswith(allowed) for action in coach.actions(sender))


def test_the_same_message_never_gets_the_same_reply_twice_in_a_row(coach: Coach, sender: str) -> None:
    coach.say(sender, "hoi")
    last = ""
    for text in ["dankjewel"] * 5 + ["wat voor weer wordt het morgen"] * 5 + ["zijn woorden doen me nog steeds pijn"] * 8:
        answer = coach.say(sender, text)[0]["text"]
        assert answer != last
        last = answer
