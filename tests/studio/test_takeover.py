"""A therapist in the conversation: takes it over, writes, gives it back; what else can be done with a case."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.channels import person
from bot.channels.history import messages_of
from bot.channels.rasa_client import CoachUnreachable
from bot.handoff.intakes import erase_conversation_records, save_handoff
from bot.handoff.takeover import person_in, queued_messages
from bot.privacy.export import export
from bot.privacy.retention import expire
from bot.settings import settings
from bot.store.database import session
from bot.store.tables import AlarmLabel, Audit, Handoff, Note, PersonMessage, Takeover, UsedForm, utc_now
from bot.studio import commands
from bot.studio.inbox import case
from bot.studio.transcript import locked
from tests.databases import Database
from tests.studio.conftest import FakeRasa, Studio, alarm, form_id, hidden

Open = Callable[..., Studio]


def rows(table: Any) -> list[Any]:
    with session() as db:
        return list(db.scalars(sa.select(table)))


def done() -> list[str]:
    with session() as db:
        return [row.what for row in db.scalars(sa.select(Audit).order_by(Audit.at))]


def test_a_whole_talk(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), ["geslagen"])
    rasa.said("web-c", "hij heeft me geslagen", alarm())
    assert browser.press(subject, "overnemen").status_code == 303
    taken = person_in("web-c")
    assert taken and taken.name == "Lilia"
    assert (case(subject) or pytest.fail()).status == "taken"
    assert browser.press(subject, "schrijven", text="  Hallo,\r\nik ben Lilia.\x00 ").status_code == 303
    assert browser.press(subject, "teruggeven").status_code == 303
    assert person_in("web-c") is None

    here, words, gone = rasa.texts("web-c")
    assert (words, "Lilia" in here, settings().practice_name in here, "{" in here + gone) == ("Hallo,\nik ben Lilia.", True, True, False)
    assert locked(rasa.conversations["web-c"])
    queued = [row.message for row in queued_messages(utc_now().replace(year=2000))]
    history = messages_of(rasa.conversations["web-c"])
    # The history also tells when it was said.
    assert [one["at"] for one in history] == sorted(one["at"] for one in history)
    assert queued == [{key: one[key] for key in one if key != "at"} for one in history if one["from"] != "user"]
    assert [(m["from"], m.get("name")) for m in queued] == [("bot", None), ("person", "Lilia"), ("bot", None)]
    assert len({m["id"] for m in queued}) == 3
    acts = [what for what in done() if not what.startswith(("login", "conversation"))]
    assert acts == ["take_over", "write", "give_back"]


def test_the_second_therapist_is_told_who_has_it(open_studio: Open, rasa: FakeRasa) -> None:
    lilia, peter = open_studio(), open_studio("peter", "Peter")
    subject = save_handoff("web-c", alarm(), [])
    before = peter.http.get(f"/studio/overdracht/{subject}").text
    lilia.press(subject, "overnemen")
    late = peter.send(subject, "overnemen", {"csrf": hidden(before, "csrf"), "form": form_id(before, "overnemen")})
    assert late.status_code == 409
    assert "Lilia heeft dit gesprek al overgenomen" in late.text
    for action in ("schrijven", "teruggeven"):
        assert peter.press(subject, action, text="hallo").status_code == 409
    taken = person_in("web-c")
    assert taken and taken.name == "Lilia"
    assert len(rasa.texts("web-c")) == 1
    assert lilia.press(subject, "sluiten").status_code == 409
    assert "take_over_failed" in done()


def test_a_double_click_is_one_click(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    browser.press(subject, "overnemen")
    page = browser.http.get(f"/studio/overdracht/{subject}").text
    fields = {"csrf": hidden(page, "csrf"), "form": form_id(page, "schrijven"), "text": "Hallo"}
    assert [browser.send(subject, "schrijven", fields).status_code for _ in range(3)] == [303] * 3
    assert rasa.texts("web-c")[1:] == ["Hallo"]
    assert done().count("write") == 1


def test_what_could_not_be_sent_can_be_sent_again(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    browser.press(subject, "overnemen")
    page = browser.http.get(f"/studio/overdracht/{subject}").text
    fields = {"csrf": hidden(page, "csrf"), "form": form_id(page, "schrijven"), "text": "Lang verhaal"}
    rasa.down = True
    refused = browser.send(subject, "schrijven", fields)
    assert refused.status_code == 503
    assert "Lang verhaal</textarea>" in refused.text
    assert browser.press(subject, "teruggeven").status_code == 503
    assert person_in("web-c"), "the visitor was not told, so the person is still there"
    rasa.down = False
    assert browser.send(subject, "schrijven", fields).status_code == 303
    assert rasa.texts("web-c")[1:] == ["Lang verhaal"]


def test_without_the_coach_nothing_is_taken_over(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    rasa.down = True
    assert browser.press(subject, "overnemen").status_code == 503
    assert person_in("web-c") is None
    assert rows(PersonMessage) == []


@pytest.mark.parametrize("csrf", ["", "x", None])
def test_another_site_can_not_press_a_button(open_studio: Open, rasa: FakeRasa, csrf: str | None) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    fields = {"form": "1"} | ({} if csrf is None else {"csrf": csrf})
    for action in ("overnemen", "schrijven", "teruggeven", "openen", "slot", "alarm", "toewijzen", "notitie", "sluiten"):
        assert browser.send(subject, action, {**fields, "text": "x"}).status_code == 403
    assert browser.http.post("/studio/uitloggen", data=fields).status_code == 403
    assert rasa.conversations == {}
    assert (rows(Takeover), rows(UsedForm), rows(Note)) == ([], [], [])
    assert browser.http.get("/studio/").status_code == 200


def test_nothing_and_too_much_are_not_sent(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    browser.press(subject, "overnemen")
    for text in ("", " \n\u200b", "x" * 2001):
        assert browser.press(subject, "schrijven", text=text).status_code == 409
    assert len(rasa.texts("web-c")) == 1
    assert browser.press(subject, "wissen").status_code == 410


def test_coaching_is_opened_and_locked(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    rasa.said("web-c", "hij heeft me geslagen", alarm(layer="classifier"))
    browser.press(subject, "openen")
    assert locked(rasa.conversations["web-c"]) is None
    assert "Coaching is weer geopend" in browser.http.get(f"/studio/overdracht/{subject}").text
    browser.press(subject, "slot")
    lock = locked(rasa.conversations["web-c"])
    assert lock and (lock.category, lock.only_classifier) == ("partner_violence", False)
    rasa.said("web-d", "hoi")
    other = save_handoff("web-d", alarm("concern"), [])
    browser.press(other, "slot")
    assert locked(rasa.conversations["web-d"])
    assert "Coaching is <strong>op slot</strong>" in browser.http.get(f"/studio/overdracht/{other}").text


def test_an_alarm_is_judged_and_exported(open_studio: Open, rasa: FakeRasa, capsys: pytest.CaptureFixture[str]) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    at = rasa.said("web-c", "ik schaam me dood", alarm(category="suicidality"))
    page = browser.http.get(f"/studio/overdracht/{subject}").text
    assert hidden(page, "said_at") == repr(at)
    for correct, told in (("yes", "dit alarm klopt"), ("no", "dit alarm klopt niet")):
        assert browser.press(subject, "alarm", said_at=repr(at), correct=correct).status_code == 303
        assert told in browser.http.get(f"/studio/overdracht/{subject}").text
    assert browser.press(subject, "alarm", said_at="1.0", correct="no").status_code == 409
    sys.stdout.writelines(json.dumps(line) + "\n" for line in commands.labelled_alarms())
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert line == {
        "text": "ik schaam me dood",
        "correct": False,
        "category": "suicidality",
        "level": "alarm",
        "score": 0.9,
        "layer": "both",
    }


def test_a_yes_to_the_open_question_can_be_judged_too(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    rasa.conversations["web-c"] = [{"event": "action", "name": "utter_concern_suicidality"}]
    at = rasa.said("web-c", "ja soms", intent="affirm")
    rasa.conversations["web-c"].append({"event": "action", "name": "utter_alarm_suicidality"})
    assert browser.press(subject, "alarm", said_at=repr(at), correct="yes").status_code == 303
    (label,) = rows(AlarmLabel)
    assert (label.text, label.category, label.layer, label.correct) == ("ja soms", "suicidality", "answer", True)


def test_assigning_noting_and_closing(open_studio: Open) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    browser.press(subject, "toewijzen")
    browser.press(subject, "notitie", text="Vrijdag bellen")
    browser.press(subject, "sluiten")
    found = case(subject)
    assert found and (found.status, found.assigned_to, [note.text for note in found.notes]) == ("closed", "Lilia", ["Vrijdag bellen"])
    assert [what for what in done() if what in ("assign", "note", "close")] == ["assign", "note", "close"]


def test_nothing_of_it_is_readable_in_the_files(open_studio: Open, rasa: FakeRasa, database: Database) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    at = rasa.said("web-c", "geheim-van-bezoeker", alarm())
    browser.press(subject, "overnemen")
    browser.press(subject, "schrijven", text="geheim-van-therapeut")
    browser.press(subject, "notitie", text="geheim-voor-collega")
    browser.press(subject, "alarm", said_at=repr(at), correct="yes")
    written = database.bytes_on_disk()
    assert b"web-c" in written
    assert b"geheim" not in written


def test_erasing_takes_all_of_it(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    at = rasa.said("web-c", "geheim", alarm())
    browser.press(subject, "overnemen")
    browser.press(subject, "notitie", text="geheim")
    browser.press(subject, "alarm", said_at=repr(at), correct="yes")
    erase_conversation_records("web-c")
    for table in (Takeover, PersonMessage, Note, AlarmLabel, Handoff):
        assert rows(table) == []
    assert "take_over" in done(), "who did what stays"


def test_notes_and_judgements_are_shown_to_who_asks_and_go_in_time(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    at = rasa.said("web-c", "woorden", alarm())
    browser.press(subject, "notitie", text="Vrijdag bellen")
    browser.press(subject, "alarm", said_at=repr(at), correct="yes")
    found = export("web-c")
    assert ([n["text"] for n in found["notes"]], [j["text"] for j in found["judgements"]]) == (["Vrijdag bellen"], ["woorden"])
    expire(utc_now() + timedelta(days=179))
    assert len(rows(Note)) == len(rows(AlarmLabel)) == 1
    expire(utc_now() + timedelta(days=181))
    assert rows(Note) == rows(AlarmLabel) == []


async def test_what_is_left_open_goes_back_to_the_coach(open_studio: Open, rasa: FakeRasa) -> None:
    browser = open_studio()
    subject = save_handoff("web-c", alarm(), [])
    browser.press(subject, "overnemen")
    await person.end_abandoned(rasa)  # type: ignore[arg-type]
    assert person_in("web-c")
    with session() as db:
        db.execute(sa.update(Takeover).values(seen_at=utc_now() - person.ABANDONED * 1.1))
    rasa.down = True
    with pytest.raises(CoachUnreachable):
        await person.end_abandoned(rasa)  # type: ignore[arg-type]
    assert person_in("web-c")
    rasa.down = False
    await person.end_abandoned(rasa)  # type: ignore[arg-type]
    assert person_in("web-c") is None
    assert len(rasa.texts("web-c")) == 2
