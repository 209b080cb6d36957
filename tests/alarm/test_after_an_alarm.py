"""What somebody says after an alarm is read on its words, whole: denials, whether they are safe, a throat, a child, a goodbye."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet

from bot.alarm.answers import denies, names_child, names_throat, only_denies, safe_now, takes_leave
from bot.alarm.lock import lock_of
from bot.alarm.policy import turn_reply
from tests.alarm.test_lock import DANGER, said, tracker


def after(
    category: str, text: str, intent: str = "express_hurt", layer: str = "classifier", alarm: dict[str, object] | None = None
) -> str | None:
    """What the coach says to `text` right after its first answer to an alarm."""
    first = said("alarm", {**DANGER, "category": category, "layer": layer})
    return turn_reply(tracker(first, ActionExecuted(f"utter_alarm_{category}"), ActionExecuted("action_listen"), said(intent, alarm, text)))


@pytest.mark.parametrize(
    ("tone", "text"),
    [
        ("suicidality", "ik ben niet suïcidaal"),
        ("suicidality", "ik wil helemaal niet dood"),
        ("suicidality", "aan zelfmoord denk ik niet"),
        ("suicidality", "nee hoor ik ga mezelf niks aandoen"),
        ("suicidality", "ik bedoel de relatie"),
        ("suicidality", "Nee hoor, ik bedoel niet dat ik dood wil."),
        ("suicidality", "Ik heb geen gedachte aan de dood! Het is een uitdrukking."),
        ("suicidality", "Nee. Ik leef graag."),
        ("suicidality", "HOEZO ZELFMOORD. ik ontplof = boos worden"),
        ("own_violence", "wtf nee. ik heb nog nooit een vinger naar haar uitgestoken"),
        ("danger", "em slaat mij ni he, em heeft mij gewoon voor schut gezet"),
        ("danger", "er is geen gevaar"),
        ("own_violence", "ik heb niemand geslagen"),
        ("own_violence", "ik sla niet"),
        ("own_violence", "het was figuurlijk"),
        ("danger", "hij heeft me nooit geslagen"),
        ("danger", "ik ben niet bang voor hem"),
        ("danger", "dat is helemaal niet waar"),
    ],
)
def test_a_denial_is_heard(tone: str, text: str) -> None:
    assert denies(text, tone)


@pytest.mark.parametrize(
    ("tone", "text"),
    [
        ("suicidality", "ik weet het niet ik wil dood"),
        ("suicidality", "ik wil niet meer leven"),
        ("suicidality", "wat als ik dood ben"),
        ("suicidality", "waarom ben ik nog niet gewoon dood"),
        ("suicidality", "het is niet dat ik dood wil, ik wil dat het stopt"),
        ("danger", "er is geen gevaar zolang ik doe wat hij zegt"),
        ("own_violence", "ik kan niet geloven dat ik haar geslagen heb"),
        ("own_violence", "ik sla haar niet zo hard"),
        ("danger", "het valt wel mee"),
        ("danger", "dat is niet zo erg"),
        ("danger", "hij slaat me niet vaak"),
        ("danger", "ik bedoel dat hij me slaat"),
        ("danger", "hij kan er niks aan doen"),
        ("danger", "hij heeft me nooit geslagen maar hij knijpt in mijn arm"),
        ("danger", "hij slaat me niet alleen"),
    ],
)
def test_playing_down_is_no_denial(tone: str, text: str) -> None:
    assert not denies(text, tone)


def test_a_denial_is_asked_about_and_a_plain_no_unlocks() -> None:
    alarm = said("alarm", {**DANGER, "category": "suicidality"})
    denial = said("deny", text="ik ben niet suïcidaal")
    asked = (alarm, ActionExecuted("utter_alarm_suicidality"), denial, ActionExecuted("utter_locked_recheck_suicidality"))
    assert turn_reply(tracker(*asked[:3])) == asked[3].action_name
    assert turn_reply(tracker(*asked, said("deny", text="nee echt niet"))) == "utter_alarm_misread"
    assert turn_reply(tracker(*asked, said("out_of_scope", text="ik wil niet dood"))) == "utter_alarm_misread"
    for doubt in ("soms", "weet ik niet", "ja"):
        assert turn_reply(tracker(*asked, said("deny", text=doubt))) == "utter_alarm_again_suicidality"
    assert lock_of(tracker(*asked)) is not None


def test_a_denial_that_sounds_to_the_classifier_again_is_a_denial_all_the_same() -> None:
    again = {**DANGER, "category": "suicidality"}
    assert after("suicidality", "ik wil niet dood", "alarm", alarm=again) == "utter_locked_recheck_suicidality"
    assert after("suicidality", "ik wil niet dood", "alarm", alarm={**again, "layer": "both"}) == "utter_alarm_again_suicidality"


def test_what_patterns_heard_stays_with_a_person() -> None:
    assert after("own_violence", "ik heb niemand geslagen", layer="both") == "utter_locked_denied"
    assert after("partner_violence", "je begreep me verkeerd", layer="patterns") == "utter_locked_denied"


@pytest.mark.parametrize(
    ("text", "answer", "safe"),
    [
        ("ja", "affirm", "yes"),
        ("ja, hij is nu naar zijn werk", "affirm", "yes"),
        ("ik zit bij mijn zus", None, "yes"),
        ("voorlopig wel", None, "yes"),
        ("nee", "deny", "no"),
        ("nee hij staat voor de deur", "deny", "no"),
        ("ik voel me niet veilig", None, "no"),
        ("ja maar hij komt zo thuis", "affirm", "unsure"),
        ("nee hij is gewoon jaloers", "deny", "unsure"),
        ("weet ik niet", None, "unsure"),
        ("hij slaapt nu", None, "unsure"),
        ("ja klopt toch?", "affirm", "unsure"),
        ("ja ik moet alle bonnetjes tonen", "affirm", "unsure"),
        ("ik leerde hem drie jaar geleden op het werk kennen maar het ging mis", None, None),
    ],
)
def test_whether_somebody_is_safe_is_read_to_the_end(text: str, answer: str | None, safe: str | None) -> None:
    assert safe_now(text, answer) == safe


def test_who_is_not_sure_to_be_safe_gets_the_emergency_number() -> None:
    assert after("partner_violence", "ja maar hij komt zo thuis") == "utter_safe_unsure"
    assert after("partner_violence", "nee", "deny") == "utter_safe_no"


@pytest.mark.parametrize(
    "text",
    [
        "hij kneep mijn keel dicht",
        "hij had zijn handen om mijn nek",
        "ik heb haar bij de keel gegrepen",
        "vastgehouden tot ik niet meer kon ademen",
    ],
)
def test_a_throat_is_named(text: str) -> None:
    assert names_throat(text)


@pytest.mark.parametrize(
    "text", ["een brok in mijn keel", "het hangt me de keel uit", "ik heb keelpijn van het huilen", "er zit geen lucht in ons huwelijk"]
)
def test_a_throat_in_a_saying_is_none(text: str) -> None:
    assert not names_throat(text)


def test_a_throat_told_later_sends_to_a_doctor_once() -> None:
    wanted = "utter_alarm_partner_violence_throat"
    for alarm in (None, DANGER):
        assert after("partner_violence", "hij kneep ook mijn keel dicht", alarm=alarm) == wanted
    first = (said("alarm", DANGER, "hij kneep mijn keel dicht"), ActionExecuted(wanted), ActionExecuted("action_listen"))
    assert turn_reply(tracker(first[0])) == wanted
    assert turn_reply(tracker(*first, said("alarm", DANGER, "toen pakte hij mijn keel weer"))) == "utter_alarm_again_danger"
    acute = {**DANGER, "level": "acute"}
    assert turn_reply(tracker(said("alarm", acute, "hij knijpt mijn keel dicht"))) == "utter_alarm_partner_violence_acute"


def test_who_hit_a_child_is_not_sent_away_from_it_alone() -> None:
    own = {**DANGER, "category": "own_violence"}
    assert turn_reply(tracker(said("alarm", own, "ik heb mijn zoontje geslagen"))) == "utter_alarm_own_violence_child"
    assert turn_reply(tracker(said("alarm", own, "ik heb mijn vrouw geslagen"))) == "utter_alarm_own_violence"


def test_children_mentioned_later_are_asked_after_once() -> None:
    assert after("partner_violence", "de kinderen horen alles") == "utter_locked_children_danger"
    assert after("own_violence", "mijn dochter was erbij") == "utter_locked_children_own_violence"
    assert not names_child("we hebben geen kinderen")
    assert not names_child("als kind was ik al bang")


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("in de ochtend", False),
        ("ze slaapt nu", False),
        ("ik wil ermee stoppen maar kan het niet alleen", False),
        ("ik wil stoppen", True),
        ("ik ga slapen", True),
        ("/goodbye", True),
        ("doei", True),
    ],
)
def test_only_words_of_goodbye_are_a_goodbye(text: str, leaves: bool) -> None:
    assert takes_leave(text) == leaves
    reply = after("suicidality", text, "goodbye")
    assert (reply == "utter_locked_goodbye") == leaves


@pytest.mark.parametrize("alarm", [None, {**DANGER, "category": "suicidality"}])
def test_a_denial_answers_the_open_question_and_locks_nothing(alarm: dict[str, object] | None) -> None:
    concern = said("express_hurt", {**DANGER, "category": "suicidality", "level": "concern"})
    asked = (concern, ActionExecuted("utter_concern_suicidality"), ActionExecuted("action_listen"))
    answered = tracker(*asked, said("express_shame", alarm, "ik ben niet suïcidaal"))
    assert turn_reply(answered) == "utter_concern_denied"
    assert lock_of(answered) is None


@pytest.mark.parametrize(
    "text", ["ik wil niemand bellen", "geen politie", "ik durf met niemand te praten", "niet bellen aub", "ik wil geen hulp"]
)
def test_who_wants_nobody_called_is_not_led_to_an_intake(text: str) -> None:
    assert after("suicidality", text, "ask_human") == "utter_locked_refuse_suicidality"


@pytest.mark.parametrize("text", ["ik wil met iemand praten", "kan ik iemand bellen", "ik wil hulp"])
def test_who_asks_for_a_person_gets_one(text: str) -> None:
    assert after("suicidality", text, "ask_human") == "utter_intake_start_safe"


def test_a_faint_doubt_is_asked_about_but_ends_no_form() -> None:
    for score, in_form in ((0.7, None), (0.8, "utter_concern_own_violence")):
        doubt = said("express_apology", {"category": "own_violence", "level": "concern", "score": score, "layer": "classifier"})
        assert turn_reply(tracker(doubt)) == "utter_concern_own_violence"
        asked = (ActiveLoop("apology_form"), SlotSet("requested_slot", "apology"), ActionExecuted("action_listen"))
        assert turn_reply(tracker(*asked, doubt)) == in_form


def test_a_question_is_no_yes() -> None:
    assert after("partner_violence", "is dat goed?", "affirm") == "utter_locked_listen_danger"
    assert safe_now("is het hier wel veilig?", None) is None


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("hij komt", "utter_locked_watched"),
        ("hij komt altijd te laat thuis van zijn werk", "utter_locked_listen_danger"),
        ("hij chat met andere vrouwen", "utter_locked_listen_danger"),
        ("hij wil geen hulp", "utter_locked_listen_danger"),
        ("mijn man leest mee", "utter_locked_watched"),
        ("is dat normaal?", "utter_locked_asked_normal"),
        ("hoe ga ik hier weg", "utter_locked_asked_leaving"),
        ("kan ik chatten ergens", "utter_locked_asked_chat"),
        ("vertel jij dit door?", "utter_locked_asked_told"),
        ("Ik ben bang dat het vanavond weer gebeurt. Wat kan ik doen?", "utter_safe_no"),
        ("Wat kan ik doen om het goed te maken?", "utter_locked_help"),
        ("komen ze dan mijn kinderen halen?", "utter_locked_children_danger"),
    ],
)
def test_what_people_ask_in_danger_is_answered(text: str, reply: str) -> None:
    assert after("partner_violence", text, "express_hurt" if reply.endswith("listen_danger") else "ask_help") == reply


def test_in_acute_danger_asking_for_help_gets_the_emergency_number() -> None:
    acute = said("alarm", {**DANGER, "category": "suicidality", "level": "acute"})
    asked = tracker(
        acute, ActionExecuted("utter_alarm_suicidality_acute"), ActionExecuted("action_listen"), said("ask_help", text="wat moet ik doen")
    )
    assert turn_reply(asked) == "utter_stay_suicidality"


def test_a_complaint_or_a_sure_alarm_is_asked_about_before_it_unlocks() -> None:
    assert after("partner_violence", "jij begrijpt het niet") == "utter_locked_recheck_danger"
    sure = said("alarm", {**DANGER, "score": 0.99})
    assert turn_reply(tracker(sure, said("deny", text="je begreep me verkeerd"))) == "utter_locked_recheck_danger"
    assert after("partner_violence", "je begreep me verkeerd") == "utter_alarm_misread"


def test_a_second_unclear_signal_shows_the_numbers_once() -> None:
    concern = said("express_hurt", {**DANGER, "category": "suicidality", "level": "concern"})
    asked = (concern, ActionExecuted("utter_concern_suicidality"), said("deny", text="nee"), ActionExecuted("utter_concern_denied"))
    assert turn_reply(tracker(*asked, concern)) == "utter_concern_numbers"
    assert turn_reply(tracker(*asked, concern, ActionExecuted("utter_concern_numbers"), concern)) is None


def test_faint_doubts_are_asked_about_twice_and_a_wish_to_die_always() -> None:
    def doubt(category: str, score: float = 0.7) -> object:
        return said("express_hurt", {"category": category, "level": "concern", "score": score, "layer": "classifier"})

    def denied(category: str) -> tuple[object, ...]:
        question = ActionExecuted(f"utter_concern_{category}")
        return (
            doubt(category),
            question,
            said("deny", text="nee"),
            ActionExecuted("utter_concern_denied"),
            ActionExecuted("action_listen"),
        )

    once, twice = denied("partner_violence"), (*denied("partner_violence"), *denied("coercive_control"))
    assert turn_reply(tracker(*once, doubt("coercive_control"))) == "utter_concern_coercive_control"
    assert turn_reply(tracker(*twice, doubt("threat_stalking"))) is None
    assert turn_reply(tracker(*twice, doubt("threat_stalking", 0.9))) == "utter_concern_threat_stalking"
    assert turn_reply(tracker(*twice, doubt("suicidality"))) == "utter_concern_suicidality"


def test_nothing_takes_back_acute_danger_or_another_kind_of_it() -> None:
    concern = said("express_hurt", {**DANGER, "level": "concern"})
    asked = (concern, ActionExecuted("utter_concern_partner_violence"), ActionExecuted("action_listen"))
    denial = "hij slaat mij niet"
    assert turn_reply(tracker(*asked, said("alarm", {**DANGER, "level": "acute"}, denial))) == "utter_alarm_partner_violence_acute"
    death = {**DANGER, "category": "suicidality"}
    assert turn_reply(tracker(*asked, said("alarm", death, "hij slaat mij niet, ik wil dood"))) == "utter_alarm_suicidality"
    squeezed = "hij heeft me nooit geslagen, hij knijpt mijn keel dicht"
    assert turn_reply(tracker(*asked, said("alarm", DANGER, squeezed))) == "utter_alarm_partner_violence_throat"


def test_a_yes_to_another_question_hides_no_partner_who_comes() -> None:
    asked = (said("alarm", DANGER), ActionExecuted("utter_safe_no"), ActionExecuted("action_listen"))
    assert turn_reply(tracker(*asked, said("affirm", text="ja maar hij komt zo thuis"))) == "utter_locked_watched"


@pytest.mark.parametrize(
    ("text", "tone", "only"),
    [
        ("nee ik denk niet aan zelfmoord", "suicidality", True),
        ("nee, echt niet, hij slaat me nooit", "danger", True),
        ("ik wil niet dood, ik wil dat het ophoudt", "suicidality", False),
        ("ik wil niet dood ik wil alleen dat het ophoudt", "suicidality", False),
        ("had ik gezwegen, dan had hij mij niet gedwongen", "danger", False),
    ],
)
def test_what_is_a_denial_and_nothing_else(text: str, tone: str, only: bool) -> None:
    assert only_denies(text, tone) is only
