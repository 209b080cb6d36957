"""Who does harm to whom: the partner's words that are quoted, roles that are set right, and what goes on being the danger."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted

from bot.alarm.idioms import without_idioms
from bot.alarm.lock import lock_of
from bot.alarm.policy import turn_reply
from bot.alarm.whose import is_victim, quotes_partner, same_danger, with_roles_right
from tests.alarm.test_lock import DANGER, said, tracker


@pytest.mark.parametrize(
    "text",
    [
        "hij zei: het spijt me dat ik je keel dichtkneep",
        "hij zei sorry dat ik je sloeg maar jij maakte me gek",
        "ze heeft me geappt: sorry dat ik je sloeg",
        "in zijn brief staat: het spijt me dat ik je geschopt heb",
        "letterlijk: sorry dat ik je heb geduwd",
        "mijn man schreef 'sorry dat ik je een klap gaf schat'",
    ],
)
def test_what_the_partner_said_is_the_partners_deed(text: str) -> None:
    assert quotes_partner(text)


@pytest.mark.parametrize(
    "text",
    [
        "sorry dat ik je gisteren geslagen heb",
        "ik zei tegen haar: sorry dat ik je sloeg",
        "ze zei stop en toen heb ik haar geslagen",
        "hij zei dat hij boos was",
        "mijn vrouw zegt dat ik haar sloeg, ik wil je mijn excuses laten lezen",
    ],
)
def test_what_the_visitor_said_is_not(text: str) -> None:
    assert not quotes_partner(text)


@pytest.mark.parametrize(
    "text", ["ze is het beu dat ik sla", "ze heeft het mij vergeven", "hij was het er niet mee eens", "ze heeft het tegen mij gezegd"]
)
def test_what_sounds_like_it_sets_nothing_right(text: str) -> None:
    assert not is_victim(text)


def test_acute_danger_stays_acute_when_roles_are_set_right() -> None:
    own = {**DANGER, "category": "own_violence", "layer": "both"}
    now = said("alarm", {**DANGER, "level": "acute", "layer": "both"}, "nee, hij sloeg mij en hij staat nu met een mes voor de deur")
    after = tracker(said("alarm", own), ActionExecuted("utter_alarm_own_violence"), now)
    assert turn_reply(after) == "utter_alarm_partner_violence_acute"
    lock = lock_of(after)
    assert lock is not None
    assert lock.level == "acute"


@pytest.mark.parametrize(
    "text",
    [
        "nee, hij deed dat bij mij",
        "ik ben het slachtoffer",
        "andersom, hij sloeg mij",
        "ik werd geslagen",
        "ik heb hém niks gedaan, dat was hij",
    ],
)
def test_roles_that_are_set_right_are_believed(text: str) -> None:
    assert is_victim(text)
    own = {**DANGER, "category": "own_violence", "layer": "both"}
    after = tracker(said("alarm", own), ActionExecuted("utter_alarm_own_violence"), said("deny", text=text))
    assert turn_reply(after) == "utter_alarm_partner_violence"
    lock = lock_of(after)
    assert lock is not None
    assert lock.category == "partner_violence"
    asked = tracker(
        said("received_apology", {**own, "level": "concern"}),
        ActionExecuted("utter_concern_own_violence"),
        ActionExecuted("action_listen"),
        said("deny", text=text),
    )
    assert turn_reply(asked) == "utter_alarm_partner_violence"


@pytest.mark.parametrize(
    ("category", "text", "before", "wanted"),
    [
        ("suicidality", "ik moest naar spoed", "partner_violence", "partner_violence"),
        ("suicidality", "ik zit in de badkamer opgesloten", "partner_violence", "partner_violence"),
        ("suicidality", "ik wil er niet meer zijn", "partner_violence", "suicidality"),
        ("own_violence", "met zijn hand", "partner_violence", "partner_violence"),
        ("own_violence", "en toen heb ik hem ook geslagen", "partner_violence", "own_violence"),
        ("partner_violence", "een tik is toch geen mishandeling", "own_violence", "own_violence"),
        ("partner_violence", "hij sloeg mij eerst", "own_violence", "partner_violence"),
        ("child_safety", "mijn zoontje zag het", "partner_violence", "child_safety"),
        ("suicidality", "ik moest naar spoed", None, "suicidality"),
        ("own_violence", "ik heb me opgesloten tot hij sliep", "partner_violence", "partner_violence"),
        ("own_violence", "ik heb haar opgesloten", "partner_violence", "own_violence"),
        ("threat_stalking", "hij stond op de deur te bonken", "own_violence", "threat_stalking"),
        ("child_safety", "hij trapte de deur van de kinderkamer in, zoontje zat onder bed", "own_violence", "child_safety"),
        ("partner_violence", "ze ligt op de grond", "own_violence", "own_violence"),
    ],
)
def test_the_danger_goes_on_unless_the_words_say_otherwise(category: str, text: str, before: str | None, wanted: str) -> None:
    assert same_danger(category, text, before) == wanted


def righted(category: str, text: str, level: str = "alarm", told: tuple[str, ...] = (), layer: str = "classifier") -> tuple[str, str]:
    alarm = with_roles_right({"category": category, "level": level, "score": 0.7, "layer": layer, "spans": []}, told, text)
    return alarm["category"], alarm["level"]


@pytest.mark.parametrize(
    "text",
    [
        "ik zat opgesloten in de wc tot hij sliep",
        "als ze thuiskomt ben ik de klos, ze heeft een riem haha",
        "door mij heeft hij de hond doodgeschopt",
        "ik doe niks terug als ze slaat",
        "hij schopt de kat als hij kwaad is op mij",
        "ik krijg soms een tik van mijn vrouw",
        "ik wil hem schrijven dat hij gelijk had om mij te slaan",
        "het spijt me dat ik de politie belde toen je sloeg",
    ],
)
def test_who_undergoes_it_is_no_doer(text: str) -> None:
    assert righted("own_violence", text) == ("partner_violence", "alarm")
    assert righted("own_violence", text, "concern") == ("partner_violence", "concern")


@pytest.mark.parametrize(
    "text",
    [
        "ik heb haar geslagen toen ze riep",
        "ik sloeg mijn vrouw omdat ze loog",
        "toen ze dat zei sloeg ik haar",
        "ze zegt dat ik haar sloeg",
        "ik heb haar opgesloten tot ze kalm was",
        "ik geef mijn dochter weleens een tik",
        "Lieve Sara, sorry dat ik je pols vastgreep",
        "lieve An, sorry dat ik zo tegen je schreeuwde",
        "ik wacht haar op aan haar deur",
    ],
)
@pytest.mark.parametrize("level", ["alarm", "concern"])
def test_who_does_it_stays_the_doer(text: str, level: str) -> None:
    assert righted("own_violence", text, level) == ("own_violence", level)


@pytest.mark.parametrize(
    "text",
    [
        "ik wil sorry zeggen zodat hij niet kwaad wordt",
        "Je had gelijk om kwaad te zijn en me buiten te sluiten. Ik zal voortaan vragen of ik weg mag",
        "sorry dat ik zonder vragen naar mijn zus ben geweest, ik blijf voortaan thuis",
    ],
)
def test_who_gives_in_is_asked(text: str) -> None:
    assert righted("own_violence", text) == ("partner_violence", "concern")


def test_a_doubtful_letter_is_asked_about_the_other_way_round() -> None:
    assert righted("own_violence", "Bart, sorry dat uw eten koud was", "concern") == ("partner_violence", "concern")
    assert righted("own_violence", "Bart, sorry dat ik u liet vallen", "concern") == ("own_violence", "concern")


@pytest.mark.parametrize(
    "text", ["ze zei stop en ik ging door", "ze wilde geen seks maar ik heb het toch gedaan", "ik ben toch verder gegaan ook al zei ze nee"]
)
def test_who_goes_on_after_a_no_is_the_doer(text: str) -> None:
    assert righted("sexual_violence", text) == ("own_violence", "alarm")


@pytest.mark.parametrize(
    "text",
    ["hij wilde seks en ik niet, hij ging toch door", "mijn man is doorgegaan terwijl ik nee zei", "ik wil nee zeggen maar durf niet"],
)
def test_whose_own_no_was_passed_over_is_not(text: str) -> None:
    assert righted("sexual_violence", text) == ("sexual_violence", "alarm")


def test_a_pattern_says_whose_deed_it_is_where_the_classifier_turns_it_round() -> None:
    assert righted("coercive_control", "ze heeft me geblokkeerd, ik wacht haar op", told=("own_violence",)) == ("own_violence", "alarm")
    assert righted("suicidality", "als hij dit leest ben ik dood", "concern", ("partner_violence",)) == ("partner_violence", "concern")
    assert righted("partner_violence", "ik zag dat hij de deur ingetrapt had", told=("own_violence",)) == ("partner_violence", "alarm")


@pytest.mark.parametrize("category", ["own_violence", "suicidality"])
def test_a_threat_that_is_told_is_the_partners(category: str) -> None:
    assert righted(category, "hij zegt als je weggaat dan zul je er spijt van krijgen", layer="both")[0] == "threat_stalking"
    assert righted(category, "als je naar haar gaat, zal je er spijt van krijgen zei hij", layer="both")[0] == "threat_stalking"
    assert righted(category, "als je weggaat dan zul je er spijt van krijgen", layer="both")[0] == category


def test_a_childs_blow_by_the_partner_is_not_the_visitors() -> None:
    assert righted("own_violence", "onze zoon krijgt weleens een tik van mijn man", layer="both")[0] == "child_safety"
    assert righted("own_violence", "hij krijgt soms een pets van haar", layer="both")[0] == "child_safety"
    assert righted("own_violence", "onze zoon krijgt weleens een tik van mij", layer="both")[0] == "own_violence"


def test_sayings_are_put_plainly() -> None:
    assert without_idioms("Ik schaam me echt dood") == "Ik schaam me heel erg"
    assert without_idioms("ik sla dan dicht als we ruzie hebben") == "ik zwijg als we ruzie hebben"
    assert without_idioms("hij sloeg me dood") == "hij sloeg me dood"
    assert without_idioms("soms wil ik haar achter het behang plakken") == "soms wil ik haar even kwijt zijn"
    assert without_idioms("hoezo een klap? dat zei ze zelf") == "hoezo dat? dat zei ze zelf"
    assert without_idioms("klets maar raak") == "praat maar raak"
    assert without_idioms("een klets in mijn gezicht") == "een klets in mijn gezicht"
    assert without_idioms("ik heb met de deur geslagen") == "ik heb de deur hard dichtgedaan"
