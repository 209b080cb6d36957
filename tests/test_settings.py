import re

import pytest

from bot.setting_values import SettingsError
from bot.settings import ROOT, read_settings


def test_defaults_need_nothing() -> None:
    found = read_settings({})
    assert (found.rasa_port, found.actions_port, found.web_port, found.country) == (5005, 5055, 8080, "nl")
    assert found.database_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    "values",
    [
        {"COACH_WEB_PORT": "eighty"},
        {"COACH_WEB_PORT": "70000"},
        {"COACH_WEB_PORT": "5005"},
        {"COACH_COUNTRY": "fr"},
        {"DATABASE_URL": "conversations.db"},
        {"COACH_DATA_KEYS": "secret"},
        {"COACH_RASA_URL": "rasa:5005"},
        {"COACH_ACTIONS_URL": "actions"},
        {"COACH_INNER_HOST": "0.0.0.0"},
        {"COACH_SESSION_KEY": "short"},
        {"REDIS_URL": "localhost:6379"},
        {"REDIS_URL": "redis://localhost:6379"},
        {"TWILIO_AUTH_TOKEN": "x"},
        {"TWILIO_WHATSAPP_NUMBER": "0612345678", "TWILIO_AUTH_TOKEN": "x", "TWILIO_ACCOUNT_SID": "AC1", "COACH_PUBLIC_URL": "https://x.nl"},
        {"MESSENGER_PAGE_TOKEN": "x", "MESSENGER_APP_SECRET": "x", "MESSENGER_VERIFY_TOKEN": "x"},
        {"COACH_ALLOWED_ORIGINS": "*"},
        {"COACH_ALLOWED_ORIGINS": "null"},
        {"COACH_ALLOWED_ORIGINS": "https://www.example.org/page"},
        {"COACH_ALLOWED_ORIGINS": "https://a.example,www.example.org"},
        {"COACH_TRUSTED_PROXIES": "*"},
        {"COACH_TRUSTED_PROXIES": "caddy"},
    ],
)
def test_a_broken_value_is_one_clear_line(values: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as problem:
        read_settings(values)
    assert "\n" not in str(problem.value)
    assert next(iter(values)) in str(problem.value)


def test_a_wrong_key_is_not_shown() -> None:
    with pytest.raises(SettingsError) as problem:
        read_settings({"COACH_DATA_KEYS": "c2VjcmV0"})
    assert "c2VjcmV0" not in str(problem.value)


def test_addresses_to_notify_may_have_commas_of_their_own() -> None:
    found = read_settings({"COACH_NOTIFY_URLS": " mailto://u:p@x.nl?to=a@x.nl,b@x.nl, tgram://1:2/3  ntfy://y "}).notify_urls
    assert found == ("mailto://u:p@x.nl?to=a@x.nl,b@x.nl", "tgram://1:2/3", "ntfy://y")
    assert read_settings({}).notify_urls == ()


def test_every_setting_is_explained_in_the_example() -> None:
    source = "".join((ROOT / "bot" / name).read_text() for name in ("settings.py", "setting_values.py"))
    names = set(re.findall(r'"((?:COACH_|DATABASE_|REDIS_|TWILIO_|MESSENGER_)[A-Z_]+)"', source))
    example = (ROOT / ".env.example").read_text()
    assert names == set(re.findall(r"^#?((?:COACH_|DATABASE_|REDIS_|TWILIO_|MESSENGER_)[A-Z_]+)=", example, re.MULTILINE))


def test_the_address_in_notices() -> None:
    assert read_settings({"COACH_PUBLIC_URL": "https://coach.example.org/"}).public_url == "https://coach.example.org"
    with pytest.raises(SettingsError, match="COACH_PUBLIC_URL"):
        read_settings({"COACH_PUBLIC_URL": "coach.example.org"})


def test_our_own_pages_and_those_of_the_list_may_talk_with_the_coach() -> None:
    given = {"COACH_PUBLIC_URL": "https://Coach.example.org/x", "COACH_ALLOWED_ORIGINS": "https://www.Example.org/, http://a.example:81"}
    assert read_settings(given).origins == [
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "https://coach.example.org",
        "https://www.example.org",
        "http://a.example:81",
    ]


def test_no_secret_shows_itself() -> None:
    secrets = {
        "COACH_API_TOKEN": "geheim-1",
        "DATABASE_URL": "postgresql://u:geheim-2@localhost/x",
        "COACH_DATA_KEYS": "Z2VoZWltLWdlaGVpbS1nZWhlaW0tZ2VoZWltLWdlaGU=",
        "COACH_NOTIFY_URLS": "mailto://u:geheim-3@x.nl",
        "TELEGRAM_TOKEN": "7:geheim-4",
    }
    shown = repr(read_settings(secrets))
    assert "geheim" not in shown
    assert secrets["COACH_DATA_KEYS"] not in shown
