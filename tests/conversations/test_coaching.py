"""Twelve whole conversations over HTTP through the apology, the first step, hurt and blame, with detours."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.conftest import Coach

# Each turn: what the visitor says, and the action or response that has to be among what answers it (a prefix is enough).
CONVERSATIONS: dict[str, list[tuple[str, str]]] = {
    "apology: every part, the draft, the review, giving it": [
        ("ik heb mijn vrouw gekwetst en ik heb er zo'n spijt van", "utter_apology_story"),
        ("ik heb haar voor haar ouders voor schut gezet met een grap over haar werk", "utter_apology_pain"),
        ("ze werd helemaal stil en ze moest huilen", "utter_apology_repeat"),
        ("ik maak geen grapjes meer over haar werk", "utter_apology_repair"),
        ("ik wil haar ouders bellen en zeggen dat ze gelijk had", "utter_apology_draft"),
        ("lees het na", "utter_review_read"),
        ("zaterdagochtend", "utter_apology_say"),
        ("dat ik zelf begin te huilen", "utter_apology_angry"),
        ("dan blijf ik gewoon luisteren", "utter_apology_done"),
        ("/ask_first_step", "action_clear_plan"),
        ("zaterdagochtend aan de keukentafel", "utter_ask_step_sentence"),
        ("ik heb je gekwetst en dat wil ik je zeggen", "utter_first_step_plan"),
    ],
    "apology: three parts at once, questions in between": [
        (
            "ik heb spijt, ik heb tegen mijn man Sam gelogen over geld, hij lag er nachten wakker van en ik ga hem voortaan alles vertellen",
            "utter_apology_repair",
        ),
        ("wie leest dit eigenlijk mee?", "utter_privacy"),
        ("praat ik met een mens?", "utter_bot_challenge"),
        ("het spijt me verschrikkelijk", "utter_apology_repair"),
        ("wat kost een kennismakingsgesprek?", "utter_intake"),
        ("nu niet", "utter_apology_repair"),
        ("ik wil elke vrijdag met hem de rekening doornemen", "utter_apology_draft"),
    ],
    "apology: made smaller, then changed": [
        ("ik heb spijt van wat ik zei tegen mijn vriendin", "apology_form"),
        ("ik heb haar uitgescholden maar zij begon met vitten", "apology_form"),
        ("ik heb haar uitgescholden voor trut", "utter_apology_pain"),
        ("nee wacht, ik heb haar twee keer uitgescholden", "utter_apology_changed"),
        ("zo erg was het nou ook weer niet", "utter_apology_not_smaller"),
        ("ze heeft de hele avond gehuild", "utter_apology_repeat"),
    ],
    "apology: a letter pasted at the start, better by versions": [
        (
            "Lieve Noor, het spijt me dat ik je verjaardag vergeten ben, maar ik had het ook zo druk op het werk.",
            "utter_review_weakens",
        ),
        (
            "Lieve Noor, het spijt me dat ik je verjaardag vergeten ben. Je zat daar de hele avond alleen te wachten.",
            "utter_review_better",
        ),
        ("ik zet voortaan alle belangrijke dagen in mijn agenda", "utter_review_missing_repair"),
        ("kun jij dat stukje niet voor me schrijven?", "utter_apology_yours"),
        ("ik wil je zaterdag meenemen naar het strand waar we elkaar leerden kennen", "utter_review_ready"),
    ],
    "apology: stopped, and gone on with later": [
        ("ik heb tegen mijn man gelogen over geld en dat spijt me", "utter_apology_pain"),
        ("laat maar, stop hiermee", "utter_stopped"),
        ("waar waren we gebleven?", "utter_back_apology"),
        ("hij lag er nachten wakker van", "apology_form"),
        ("tot later", "utter_goodbye"),
        ("hoi", "utter_back_apology"),
        ("ik ga hem voortaan alles laten zien", "apology_form"),
    ],
    "apology: an alarm inside the draft": [
        ("ik heb mijn vrouw uitgescholden en daar heb ik spijt van", "utter_apology_pain"),
        ("ze was bang, want ik heb haar ook geslagen", "utter_alarm_"),
        ("hoe zeg ik sorry tegen haar", "utter_locked"),
        ("waar waren we gebleven?", "utter_locked"),
        ("wat vind je van dit berichtje: lieve Noor, het spijt me dat ik je uitschold", "utter_locked"),
        ("hoe begin ik er met haar over?", "utter_locked"),
    ],
    "first step: changed mind, a question, an accusation": [
        ("hoe begin ik er met hem over?", "action_clear_plan"),
        ("zaterdagavond na het eten", "utter_ask_step_where"),
        ("nee wacht, doe zondag", "utter_step_changed"),
        ("wie kan dit lezen?", "utter_privacy"),
        ("thuis op de bank", "utter_ask_step_sentence"),
        ("jij luistert nooit naar mij", "utter_accuses_general"),
        ("ik vind dat jij te weinig doet", "utter_accuses_verdict"),
        ("ik voel me alleen en ik wil graag weer samen praten", "utter_first_step_plan"),
    ],
    "first step: what holds back, then a plan with gaps": [
        ("waarom moet ik altijd de eerste zijn", "utter_resist_turn"),
        ("ik geef niet toe, uit trots denk ik", "utter_resist_pride"),
        ("ik ben ook bang dat hij me weer afwijst", "utter_resist_fear"),
        ("laat hem eerst maar eens voelen wat hij deed", "utter_resist_feel_first"),
        ("ik wil gewoon niet de eerste zijn", "utter_resist_"),
        ("oké, hoe begin ik er dan over?", "action_clear_plan"),
        ("geen idee", "utter_hint_step_when"),
        ("geen idee", "utter_ask_step_where"),
        ("in het bos", "utter_ask_step_sentence"),
        ("ik mis ons", "utter_first_step_plan"),
    ],
    "hurt: told in its own pace, from accusation to ik-boodschap": [
        ("mijn man heeft me uitgelachen waar zijn vrienden bij waren, dat doet zo'n pijn", "utter_hurt_hear"),
        ("ik voelde me zo vernederd en klein", "utter_hurt_deepen"),
        ("wie leest dit mee?", "utter_hurt_deepen"),
        ("dat hij gewoon doorging terwijl ik verdrietig was, dat kwetst me het meest", "utter_hurt_need"),
        ("ik voel me zo alleen, ik heb nodig dat hij me ziet", "utter_hurt_message"),
        ("ja graag", "utter_ask_own_message"),
        ("jij lacht me altijd uit", "utter_accuses_general"),
        ("ik voelde me klein toen er gelachen werd, ik heb nodig dat je voor me opkomt", "utter_message_good"),
        ("dat het hem spijt en dat hij me ziet, ik ben zo verdrietig", "utter_hurt_time"),
        ("het doet nog steeds zo'n pijn", "utter_hurt_more"),
    ],
    "hurt: no words yet, and back another day": [
        ("zijn woorden doen me nog steeds pijn", "utter_hurt_hear"),
        ("ik huil elke avond om wat hij zei, het doet zo'n zeer", "utter_hurt_deepen"),
        ("ik voel me zo gekwetst door hem", "utter_hurt_need"),
        ("ik ben zo verdrietig om ons", "utter_hurt_message"),
        ("nee", "utter_hurt_words"),
        ("waar waren we?", "utter_back_topic"),
        ("dat hij spijt heeft, ik ben zo verdrietig", "utter_hurt_time"),
        ("hoi", "utter_back_topic"),
    ],
    "blame: neither agreed nor scolded, own share by choice": [
        ("het is altijd haar schuld, ze denkt alleen aan zichzelf", "utter_blame_hear"),
        ("ze is gewoon lui en egoïstisch, nooit doet ze iets in huis", "utter_blame_feeling"),
        ("praat ik met een mens?", "utter_blame_feeling"),
        ("ze luistert nooit en weet alles beter", "utter_blame_wish"),
        ("zij verpest altijd alles met haar gezeur", "utter_blame_own"),
        ("ja", "utter_blame_share"),
        ("ik ben zelf ook boos geworden maar zij is altijd zo onmogelijk", "utter_"),
    ],
    "blame: not yet, then the pain under it": [
        ("hij denkt altijd alleen aan zichzelf, het ligt echt aan hem", "utter_blame_hear"),
        ("ik voel me zo gekwetst en alleen", "utter_hurt_deepen"),
        ("ik huil elke avond, het doet zo'n pijn", "utter_hurt_need"),
        ("kan ik een echte therapeut spreken?", "utter_human"),
        ("nu niet", "utter_hurt_need"),
        ("ik voel me zo verdrietig en gekwetst", "utter_hurt_message"),
    ],
}


def said(answers: list[dict[str, Any]]) -> str:
    return "\n".join(answer.get("text") or "" for answer in answers)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_conversation(coach: Coach, sender: str, name: str) -> None:
    so_far = 0
    for number, (text, expected) in enumerate(CONVERSATIONS[name]):
        answers = coach.say(sender, text)
        course = coach.course(sender)
        new, so_far = course[so_far:], len(course)
        assert answers, f"silence after {text!r}"
        assert any(step.startswith(expected) for step in new), f"after {text!r}: {new}, not {expected}"
        assert "{" not in said(answers), said(answers)
        assert number or "computerprogramma" in said(answers)


def test_twelve_conversations() -> None:
    assert len(CONVERSATIONS) == 12


def test_the_partner_is_called_by_name(coach: Coach, sender: str) -> None:
    first = said(coach.say(sender, "ik heb mijn man Sam uitgescholden waar de buren bij waren en dat spijt me"))
    rest = [said(coach.say(sender, text)) for text in ("geen idee", "hij werd stil en liep weg", "ik voel me er rot over")]
    everything = "\n".join([first, *rest])
    assert "Sam" in everything and "je partner" not in everything


def test_the_plan_comes_as_a_card_too(coach: Coach, sender: str) -> None:
    for text in ("hoe begin ik er met hem over?", "morgenavond", "aan tafel"):
        coach.say(sender, text)
    answers = coach.say(sender, "ik mis ons")
    (plan,) = [answer for answer in answers if "card" in (answer.get("custom") or {})]
    rows = {row["label"]: row["text"] for row in plan["custom"]["card"]["rows"]}
    assert (rows["Wanneer"], rows["Waar"], rows["Eerste zin"]) == ("morgenavond", "aan tafel", "ik mis ons")
    assert all(f"{label}: {text}" in said(answers) for label, text in rows.items())


@pytest.mark.parametrize(
    "messages",
    [
        ["zijn woorden doen me nog steeds pijn"] * 15,
        ["het is altijd haar schuld, ze denkt alleen aan zichzelf"] * 15,
        [text for text, _ in CONVERSATIONS["apology: every part, the draft, the review, giving it"]],
    ],
    ids=["hurt", "blame", "apology"],
)
def test_no_sentence_comes_back_within_fifteen_turns(coach: Coach, sender: str, messages: list[str]) -> None:
    seen: set[str] = set()
    for text in messages:
        for answer in coach.say(sender, text):
            sentences = {sentence.strip() for sentence in re.findall(r"[^.?\n]+[.?]", answer.get("text") or "")}
            # The visitor's own words are shown again on purpose.
            apology = coach.http.get(f"{coach.rasa}/conversations/{sender}/tracker").json()["slots"].get("apology") or {}
            own = {sentence for sentence in sentences if sentence in (apology.get("draft") or "")}
            assert not (sentences - own) & seen, (sentences - own) & seen
            seen |= sentences - own
