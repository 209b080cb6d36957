"""Handing over to a person: the questions, the detours, and what is kept in the database afterwards."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from cryptography.fernet import Fernet

from tests.conftest import Coach

NAME, REACH, ABOUT = "Wilhelmina Oudewater", "op dinsdag na tienen en niets inspreken", "we praten al maanden niet meer"


def intakes(coach: Coach, sender: str) -> list[dict[str, Any]]:
    """The stored intakes of a conversation, decrypted with the key in the coach's folder."""
    key = Fernet((coach.folder / "keys" / "data.key").read_text().split()[0])
    with sqlite3.connect(coach.folder / "conversations.db") as database:
        database.row_factory = sqlite3.Row
        rows = database.execute("SELECT * FROM intakes WHERE conversation = ?", (sender,)).fetchall()
    hidden = ("name", "contact", "reach", "together", "about")
    return [{k: key.decrypt(row[k].encode()).decode() if k in hidden and row[k] else row[k] for k in row.keys()} for row in rows]  # noqa: SIM118


def notices(coach: Coach, subject: str) -> int:
    with sqlite3.connect(coach.folder / "conversations.db") as database:
        return database.execute("SELECT count(*) FROM notices WHERE subject_id = ?", (subject,)).fetchone()[0]


def bytes_on_disk(coach: Coach) -> bytes:
    return b"".join(path.read_bytes() for path in coach.folder.glob("conversations.db*"))


def say(coach: Coach, sender: str, text: str) -> str:
    return "\n".join(m.get("text", "") for m in coach.say(sender, text))


def up_to_consent(coach: Coach, sender: str) -> str:
    """Answer the first three questions; the summary that comes after them."""
    say(coach, sender, NAME)
    say(coach, sender, "bel maar naar 06-1234 5678")
    return say(coach, sender, REACH)


def test_a_whole_intake_with_a_wrong_number_a_question_and_a_change(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    assert "intake_form" in coach.actions(sender)
    say(coach, sender, f"ik heet {NAME}")
    say(coach, sender, "nummer 061234")
    assert "utter_intake_contact_wrong" in [e["metadata"]["utter_action"] for e in said(coach, sender)]
    answer = say(coach, sender, "wie leest dit mee?")
    assert "utter_privacy" in coach.actions(sender)
    assert "?" in answer, "the thread is picked up"
    say(coach, sender, "o sorry, 06 12 34 56 78")
    summary = say(coach, sender, REACH)
    assert all(part in summary for part in (NAME, "+31612345678", REACH))
    assert not intakes(coach, sender), "nothing is kept before a yes"
    summary = say(coach, sender, "nee wacht, gebruik liever mina@voorbeeld.org")
    assert "mina@voorbeeld.org" in summary
    assert "+31612345678" not in summary
    say(coach, sender, "ja verstuur")
    say(coach, sender, "samen")
    say(coach, sender, ABOUT)
    assert coach.actions(sender)[-1] == "utter_intake_done"
    (kept,) = intakes(coach, sender)
    expected = {"name": NAME, "contact": "mina@voorbeeld.org", "contact_kind": "email", "reach": REACH, "together": "samen", "about": ABOUT}
    assert {name: kept[name] for name in expected} == expected
    assert not kept["after_alarm"]
    assert notices(coach, kept["id"]) == 1


def said(coach: Coach, sender: str) -> list[dict[str, Any]]:
    events = coach.http.get(f"{coach.rasa}/conversations/{sender}/tracker").json()["events"]
    return [e for e in events if e["event"] == "bot"]


def test_name_and_number_in_answer_to_the_offer(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, f"ja, ik ben {NAME} en mijn gsm is 0486 11 22 33")
    summary = say(coach, sender, REACH)
    assert all(part in summary for part in (NAME, "+32486112233", REACH))
    # A button's title can be typed, whatever its signs.
    say(coach, sender, "ja verstuur")
    say(coach, sender, "alleen")
    say(coach, sender, "toch samen")
    say(coach, sender, ABOUT)
    (kept,) = intakes(coach, sender)
    assert (kept["name"], kept["contact"], kept["together"], kept["about"]) == (NAME, "+32486112233", "samen", ABOUT)
    say(coach, sender, "wis mijn gesprek")
    say(coach, sender, "ja wis alles")
    assert not intakes(coach, sender)


def test_without_consent_nothing_is_kept_and_the_practice_is_named(coach: Coach, sender: str) -> None:
    say(coach, sender, "wat kost een kennismakingsgesprek")
    say(coach, sender, "ja graag")
    up_to_consent(coach, sender)
    answer = say(coach, sender, "nee toch maar niet")
    assert all(part in answer for part in ("06-51404331", "plamvdven@outlook.com", "heartconnection.nl"))
    assert not intakes(coach, sender)
    tracker = coach.http.get(f"{coach.rasa}/conversations/{sender}/tracker").json()
    assert not [name for name, value in tracker["slots"].items() if name.startswith("intake_") and value]


def newest(coach: Coach, sender: str) -> str:
    return str(said(coach, sender)[-1]["metadata"].get("utter_action"))


def test_what_is_no_answer_is_never_taken_for_one(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    for text in ("ja", "waarom moet je dat weten?", "dag"):
        say(coach, sender, text)
        assert newest(coach, sender) == "utter_ask_intake_name"
    say(coach, sender, "wil ik niet zeggen")
    assert "utter_intake_alias" in [e["metadata"].get("utter_action") for e in said(coach, sender)]
    say(coach, sender, "liever anoniem")
    for text in ("oké", "kost dat iets?", "nee"):
        say(coach, sender, text)
        assert newest(coach, sender) == "utter_ask_intake_contact"
    say(coach, sender, "0612345678")
    assert "Verlaat snel" in say(coach, sender, "kan mijn man dit zien?") or "browser" in said(coach, sender)[-2]["text"]
    assert newest(coach, sender) == "utter_ask_intake_reach"
    reach = "alleen overdag, hij mag het niet weten"
    summary = say(coach, sender, reach)
    assert "Naam: Anoniem" in summary and reach in summary
    assert not [name for name in coach.actions(sender) if name.startswith("utter_alarm_")]
    for _ in range(2):
        say(coach, sender, "iets veranderen")
        assert newest(coach, sender) == "utter_intake_change_what"
    assert reach in say(coach, sender, "toch niets")
    say(coach, sender, "de naam is fout")
    assert "Naam: Sam" in say(coach, sender, "Sam")


def test_what_was_sent_is_changed_and_withdrawn(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    up_to_consent(coach, sender)
    say(coach, sender, "ja verstuur")
    say(coach, sender, "mijn nummer klopt niet")
    assert newest(coach, sender) == "utter_ask_intake_contact"
    summary = say(coach, sender, "0687654321")
    assert NAME in summary and "+31687654321" in summary
    assert intakes(coach, sender)[0]["contact"] == "+31612345678", "nothing changes before a yes"
    say(coach, sender, "ja")
    assert newest(coach, sender) == "utter_ask_intake_together", "the extras go on where they were"
    say(coach, sender, "samen")
    say(coach, sender, ABOUT)
    say(coach, sender, "iets veranderen")
    say(coach, sender, "naam")
    say(coach, sender, "stop")
    assert newest(coach, sender) == "utter_intake_unchanged"
    (kept,) = intakes(coach, sender)
    assert (kept["name"], kept["contact"], kept["about"], kept["status"]) == (NAME, "+31687654321", ABOUT, "open")
    assert notices(coach, kept["id"]) == 2
    say(coach, sender, "ik heb haar pijn gedaan en daar heb ik spijt van")
    say(coach, sender, "trek mijn aanvraag in")
    assert "utter_intake_withdrawn" in [e["metadata"].get("utter_action") for e in said(coach, sender)]
    (kept,) = intakes(coach, sender)
    assert (kept["name"], kept["contact"], kept["about"], kept["status"]) == ("", "", None, "withdrawn")
    assert notices(coach, kept["id"]) == 3
    say(coach, sender, "trek mijn aanvraag in")
    assert "utter_intake_none" in [e["metadata"].get("utter_action") for e in said(coach, sender)]


def test_it_is_withdrawn_while_coaching_is_locked(coach: Coach, sender: str) -> None:
    say(coach, sender, "hij heeft me gisteren geslagen")
    say(coach, sender, "/ask_human")
    up_to_consent(coach, sender)
    say(coach, sender, "ja verstuur")
    say(coach, sender, "sla over")
    say(coach, sender, "ik wil toch niet dat jullie bellen")
    assert newest(coach, sender) == "utter_intake_withdrawn"
    assert intakes(coach, sender)[0]["contact"] == ""
    say(coach, sender, "hoe zeg ik sorry tegen hem")
    assert coach.actions(sender)[-1] == "utter_locked_coaching"


def test_practical_questions_are_answered_to_the_point(coach: Coach, sender: str) -> None:
    assert "gratis" in say(coach, sender, "wat kost het") or "kost" in said(coach, sender)[-1]["text"]
    assert "browser" in say(coach, sender, "kan mijn man dit lezen")
    assert "een maand" in say(coach, sender, "hoe lang bewaar je dit")
    assert "politie" in say(coach, sender, "ik wil geen politie erbij")
    assert "binnen twee werkdagen" in say(coach, sender, "wanneer hoor ik iets")
    say(coach, sender, "ja graag")
    assert newest(coach, sender) == "utter_ask_intake_name"
    say(coach, sender, "stop")
    say(coach, sender, "kunnen we de afspraak op een kaartje zetten")
    assert newest(coach, sender) == "utter_ask_agreement_mine"


def test_stop_ends_it_at_once(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    say(coach, sender, NAME)
    say(coach, sender, "stop maar, laat maar zitten")
    assert coach.actions(sender)[-1] == "utter_intake_stopped"
    say(coach, sender, "ik voel me zo gekwetst door wat hij zei")
    assert coach.actions(sender)[-1].startswith("utter_hurt_hear")


def test_after_an_alarm_the_intake_is_for_this_visitor_alone(coach: Coach, sender: str) -> None:
    alarm = coach.say(sender, "hij heeft me gisteren geslagen")
    assert {"title": "Ik wil een mens spreken", "payload": "/ask_human"} in [b for m in alarm for b in m.get("buttons", [])]
    assert "crisis" in (start := say(coach, sender, "/ask_human")) or "nood" in start
    up_to_consent(coach, sender)
    say(coach, sender, "ja verstuur")
    assert "utter_intake_sent" in [e["metadata"]["utter_action"] for e in said(coach, sender)]
    say(coach, sender, "sla over")
    (kept,) = intakes(coach, sender)
    assert (kept["category"], kept["level"], kept["after_alarm"]) == ("partner_violence", "alarm", 1)
    assert "utter_ask_intake_together" not in [e["metadata"].get("utter_action") for e in said(coach, sender)]
    say(coach, sender, "hoe zeg ik sorry tegen hem")
    assert coach.actions(sender)[-1] == "utter_locked_coaching"


def test_an_alarm_in_the_middle_comes_first_and_the_intake_goes_on_after(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    say(coach, sender, NAME)
    say(coach, sender, "ik heb nu geen tijd, hij heeft me net geslagen en ik bloed")
    assert any(action.startswith("utter_alarm_partner_violence") for action in coach.actions(sender))
    say(coach, sender, "ja, hij is weg")
    assert coach.actions(sender)[-2:] == ["utter_intake_resume", "intake_form"]
    say(coach, sender, "0612345678")
    summary = say(coach, sender, REACH)
    assert NAME in summary
    say(coach, sender, "ja")
    assert len(intakes(coach, sender)) == 1


def test_an_unclear_signal_is_asked_about_and_the_intake_goes_on_after(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    say(coach, sender, NAME)
    say(coach, sender, "ik kan niet meer")
    assert coach.actions(sender)[-2:] == ["utter_concern_suicidality", "action_deactivate_loop"]
    say(coach, sender, "nee")
    assert coach.actions(sender)[-2:] == ["utter_intake_resume", "intake_form"]


def test_a_safe_way_that_sounds_the_alarm_is_an_answer_all_the_same(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    say(coach, sender, NAME)
    say(coach, sender, "0612345678")
    reach = "niet bellen als hij thuis is want dan slaat hij me"
    say(coach, sender, reach)
    assert any(action.startswith("utter_alarm_partner_violence") for action in coach.actions(sender))
    summary = say(coach, sender, "ja")
    assert reach in summary


def test_who_is_not_safe_hears_of_help_before_the_intake_goes_on(coach: Coach, sender: str) -> None:
    say(coach, sender, "hij heeft me gisteren geslagen")
    say(coach, sender, "/ask_human")
    say(coach, sender, "hij slaat me weer")
    answer = say(coach, sender, "nee")
    assert "112" in answer
    assert coach.actions(sender)[-1] == "utter_safe_no"


@pytest.mark.parametrize("twice", ["ja verstuur"])
def test_a_double_click_keeps_one(coach: Coach, sender: str, twice: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    up_to_consent(coach, sender)
    say(coach, sender, twice)
    say(coach, sender, twice)
    assert len(intakes(coach, sender)) == 1


def test_a_name_of_five_thousand_characters_is_refused_kindly(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    say(coach, sender, "Jan " * 900)
    assert "utter_intake_name_long" in [e["metadata"].get("utter_action") for e in said(coach, sender)]
    say(coach, sender, "Jan")
    assert said(coach, sender)[-1]["metadata"]["utter_action"] == "utter_ask_intake_contact"


def test_erasing_leaves_no_trace_in_the_files(coach: Coach, sender: str) -> None:
    say(coach, sender, "kan ik een echte therapeut spreken")
    say(coach, sender, "ja graag")
    up_to_consent(coach, sender)
    say(coach, sender, "ja verstuur")
    say(coach, sender, "stop")
    (kept,) = intakes(coach, sender)
    assert sender.encode() in bytes_on_disk(coach)
    assert NAME.encode() not in bytes_on_disk(coach), "encrypted from the start"
    say(coach, sender, "wis mijn gesprek")
    say(coach, sender, "/affirm")
    assert not intakes(coach, sender)
    assert not notices(coach, kept["id"])
    # Readers of the write-ahead log are done once it was folded into the file.
    with sqlite3.connect(coach.folder / "conversations.db", isolation_level=None) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert sender.encode() not in bytes_on_disk(coach)


def test_an_alarm_reaches_the_practice_with_its_words(coach: Coach, sender: str) -> None:
    say(coach, sender, "hij heeft me gisteren geslagen")
    key = Fernet((coach.folder / "keys" / "data.key").read_text().split()[0])
    with sqlite3.connect(coach.folder / "conversations.db") as database:
        rows = database.execute("SELECT id, category, level, words FROM handoffs WHERE conversation = ?", (sender,)).fetchall()
    ((handoff, category, level, words),) = rows
    assert (category, level) == ("partner_violence", "alarm")
    assert b"geslagen" in key.decrypt(words.encode())
    assert notices(coach, handoff) == 1
