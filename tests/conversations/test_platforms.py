"""WhatsApp and Messenger: the real coach and web server, and platforms of our own that refuse what the real ones refuse."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable

import pytest

from bot.channels.addresses import address_of, conversation_of
from bot.channels.platform_text import KEEPS, STILL_KEEPS
from bot.settings import settings
from tests.conftest import Coach
from tests.fake_platforms import VERIFY, FakePlatforms, by_messenger, by_whatsapp
from tests.fake_telegram import until
from tests.forged import other_signature

PUBLIC = "https://coach.example.org"
SECONDS = 60


class Somebody:
    """A person on one of the two; `write` brings their message as the platform does."""

    def __init__(self, coach: Coach, platforms: FakePlatforms, channel: str) -> None:
        number = str(random.randrange(10**8, 10**9))
        self.channel, self.coach, self.platforms = channel, coach, platforms
        self.address = f"whatsapp:+316{number}" if channel == "whatsapp" else number
        self.written = 0

    @property
    def read(self) -> list[str]:
        return self.platforms.sent.get(self.address, [])

    @property
    def conversation(self) -> str:
        return conversation_of(self.channel, self.address)

    def request(self, text: str) -> dict[str, object]:
        self.written += 1
        number = f"{self.address}-{self.written}"
        if self.channel == "whatsapp":
            return by_whatsapp(PUBLIC, self.address.removeprefix("whatsapp:"), text, number)
        return by_messenger((self.address, {"message": {"mid": number, "text": text}}))

    async def write(self, text: str) -> list[str]:
        """Write something; the texts of the answer, once nothing more comes."""
        before = len(self.read)
        answer = self.coach.http.post(f"{self.coach.web}/{self.channel}/webhook", **self.request(text))
        assert answer.status_code in (200, 204)
        await until(lambda: len(self.read) > before, SECONDS, lambda: f"no answer to {text!r}")
        count = 0
        while count < len(self.read):
            count = len(self.read)
            await asyncio.sleep(2)
        return self.read[before:]


@pytest.fixture
async def platforms(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakePlatforms]:
    # The addresses are sealed with the running coach's key.
    monkeypatch.setenv("COACH_VAR_DIR", str(coach.folder))
    settings.cache_clear()
    made = FakePlatforms()
    await made.start(coach.platforms_port)
    yield made
    await made.stop()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(params=["whatsapp", "messenger"])
def somebody(request: pytest.FixtureRequest, coach: Coach, platforms: FakePlatforms) -> Somebody:
    return Somebody(coach, platforms, request.param)


async def test_an_alarm_is_an_alarm_there_too(coach: Coach, somebody: Somebody) -> None:
    opening = await somebody.write("hoi")
    assert "computerprogramma" in opening[0]
    assert opening[-1] == KEEPS[somebody.channel]
    alarm = await somebody.write("hij heeft me gisteren geslagen")
    assert "0800-2000" in "\n".join(alarm)
    assert KEEPS[somebody.channel] not in alarm
    await somebody.write("hoe begin ik met mijn excuses aan hem?")
    actions = coach.actions(somebody.conversation)
    alarmed = next(number for number, action in enumerate(actions) if action.startswith("utter_alarm_partner_violence"))
    assert next(action for action in actions[alarmed + 1 :] if action.startswith("utter_")).startswith("utter_locked_")
    for log in (coach.folder / "logs").glob("*.log"):
        assert somebody.address.removeprefix("whatsapp:") not in log.read_text(errors="replace")


async def test_a_button_can_be_typed_and_everything_erased(coach: Coach, somebody: Somebody) -> None:
    help_ = await somebody.write("wat kun je voor me doen?")
    assert any("Je kunt antwoorden met" in text and "'Ik ben gekwetst'" in text for text in help_)
    await somebody.write("ik ben gekwetst.")
    assert any(action.startswith("utter_hurt") for action in coach.actions(somebody.conversation))
    await somebody.write("verwijder mijn gesprek")
    erased = await somebody.write("ja, wis alles")
    assert STILL_KEEPS[somebody.channel] in erased
    assert set(coach.actions(somebody.conversation)) <= {"action_session_start"}


async def test_typed_payloads_are_words(coach: Coach, somebody: Somebody) -> None:
    await somebody.write("/deny{}")
    await somebody.write("/alarm")
    events = coach.http.get(f"{coach.rasa}/conversations/{somebody.conversation}/tracker").json()["events"]
    assert [event["text"] for event in events if event["event"] == "user"] == ["deny{}", "alarm"]


async def test_a_person_reaches_them(coach: Coach, somebody: Somebody) -> None:
    content = {"conversation": somebody.conversation, "text": "Lilia: ik ben er.", "buttons": []}
    # The platform answers in this very process.
    sent = await asyncio.to_thread(coach.http.post, f"{coach.rasa}/webhooks/{somebody.channel}/send", json=content)
    assert sent.status_code == 204
    assert somebody.read == ["Lilia: ik ben er."]


async def test_a_persons_words_that_are_refused_are_no_success(coach: Coach, platforms: FakePlatforms, somebody: Somebody) -> None:
    async def send(text: str) -> int:
        content = {"conversation": somebody.conversation, "text": text, "buttons": []}
        sent = await asyncio.to_thread(coach.http.post, f"{coach.rasa}/webhooks/{somebody.channel}/send", json=content)
        assert somebody.address.removeprefix("whatsapp:") not in sent.text
        return sent.status_code

    platforms.broken = 1
    assert await send("even niet") == 502, "tried again later"
    platforms.closed.add(somebody.address)
    assert await send("te laat") == 422, "told to the therapist"
    platforms.closed.clear()
    assert await send("nu wel") == 204
    assert somebody.read == ["nu wel"]


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
def test_what_is_not_signed_is_refused(channel: str, coach: Coach, platforms: FakePlatforms) -> None:
    them = Somebody(coach, platforms, channel)
    spoilt: list[Callable[[dict[str, str]], object]] = [
        lambda headers: headers.pop("X-Twilio-Signature", None) or headers.pop("X-Hub-Signature-256", None),
        lambda headers: headers.update({"X-Twilio-Signature": "AAAA", "X-Hub-Signature-256": "sha256=" + "0" * 64}),
        lambda headers: headers.update({"X-Twilio-Signature": "é", "X-Hub-Signature-256": "md5=0"}),
    ]
    for spoil in spoilt:
        request = them.request("hoi")
        headers = {name: value for name, value in request["headers"].items()}  # type: ignore[attr-defined]
        spoil(headers)
        encoded = {name: value.encode("utf-8") for name, value in headers.items()}
        assert coach.http.post(f"{coach.web}/{channel}/webhook", content=request["content"], headers=encoded).status_code == 403
    longest = {"content": b"x" * 200_000, "headers": {"Content-Type": "text/plain"}}
    assert coach.http.post(f"{coach.web}/{channel}/webhook", **longest).status_code == 413
    assert coach.actions(them.conversation) in ([], ["action_session_start"])


async def test_several_at_once_are_all_answered(coach: Coach, platforms: FakePlatforms) -> None:
    first, second = (Somebody(coach, platforms, "messenger") for _ in range(2))
    said = by_messenger(
        (first.address, {"message": {"mid": "1", "text": "hoi"}}),
        (second.address, {"message": {"mid": "2", "attachments": [{"type": "image", "payload": {"url": "https://x.nl/mes.png"}}]}}),
        (second.address, {"message": {"mid": "3", "text": "Een echo", "is_echo": True}}),
        (second.address, {"read": {"watermark": 1}}),
    )
    assert coach.http.post(f"{coach.web}/messenger/webhook", **said).text == "EVENT_RECEIVED"
    await until(lambda: bool(first.read and second.read), SECONDS, lambda: str(platforms.sent))
    assert "computerprogramma" in first.read[0]
    assert "geen woorden" in second.read[0]


def test_facebook_can_see_that_the_address_is_ours(coach: Coach) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": VERIFY}
    assert coach.http.get(f"{coach.web}/messenger/webhook", params=asked).text == "1158201444"
    assert coach.http.get(f"{coach.web}/messenger/webhook", params={**asked, "hub.verify_token": "x"}).status_code == 403


def test_an_address_is_sealed(platforms: FakePlatforms) -> None:
    sealed = conversation_of("whatsapp", "whatsapp:+31612345678")
    assert sealed == conversation_of("whatsapp", "whatsapp:+31612345678")
    assert "612345678" not in sealed
    assert address_of(sealed) == "whatsapp:+31612345678"
    for forged in (other_signature(sealed), sealed.replace("whatsapp", "messenger"), "whatsapp-", "whatsapp-é", "x"):
        with pytest.raises(ValueError, match="no conversation"):
            address_of(forged)
