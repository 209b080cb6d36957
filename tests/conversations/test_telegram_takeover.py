"""An alarm in Telegram, and a therapist who takes the chat over: the real coach, the studio over HTTP, and a Bot API of our own."""

from __future__ import annotations

import pytest

from tests.browser.test_inbox import add_therapist
from tests.conftest import Coach
from tests.conversations.test_telegram import SECONDS, actions, answer, said, sender, visitor
from tests.fake_telegram import Person, until
from tests.kept import query
from tests.studio.conftest import Studio

# With the other long ones (make test-cluster).
pytestmark = pytest.mark.cluster

__all__ = ["visitor"]


@pytest.fixture
def therapist(coach: Coach) -> Studio:
    """Somebody who is logged in to the studio of the running coach."""
    password = add_therapist(coach, "telegram", "Lilia")
    studio = Studio(coach.web)
    assert studio.log_in("telegram", password).status_code == 303
    return studio


async def test_from_an_alarm_to_a_person_and_back(coach: Coach, visitor: Person, therapist: Studio) -> None:
    await said(visitor, "/start")
    assert "0800-2000" in (await said(visitor, "hij heeft me gisteren geslagen"))[0]
    conversation = sender(coach, visitor)
    ((subject,),) = query(coach, "SELECT id FROM handoffs WHERE conversation = ?", conversation)
    assert "hij heeft me gisteren" in therapist.http.get(f"/studio/overdracht/{subject}").text

    assert therapist.press(subject, "overnemen").status_code == 303
    await until(lambda: "Lilia" in visitor.heard()[-1], SECONDS)
    for words, reply in (
        ("Hallo, ik ben Lilia. Ben je nu alleen?", "ja, hij is naar zijn werk"),
        ("Kan ik je morgen bellen? *Na tien uur* past me.", "ja dat kan"),
    ):
        assert therapist.press(subject, "schrijven", text=words).status_code == 303
        await until(lambda words=words: visitor.heard()[-1].endswith(words), SECONDS, lambda: str(visitor.heard()))
        count = len(visitor.chat)
        visitor.writes(reply)
        await until(lambda reply=reply: reply in therapist.http.get(f"/studio/overdracht/{subject}").text, SECONDS)
        assert len(visitor.chat) == count, "the coach is silent while a person has the chat"

    # At acute danger the numbers come at once all the same.
    assert "112" in "\n".join(await said(visitor, "hij staat nu voor de deur met een mes"))

    count = len(visitor.chat)
    assert therapist.press(subject, "teruggeven").status_code == 303
    assert "Lilia" in (await answer(visitor, count))[0]
    await said(visitor, "hoe begin ik met mijn excuses aan hem?")
    assert actions(coach, visitor)[-1].startswith("utter_locked_"), "coaching is still locked"
