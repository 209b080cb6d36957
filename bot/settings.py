"""Every setting of the project, read once from the environment, else from `.env`, else a default.

The defaults run a practice's coach on one machine without any `.env`.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent
COUNTRIES = ("nl", "be")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
ON_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
_MESSENGER_NAMES = ("MESSENGER_PAGE_TOKEN", "MESSENGER_APP_SECRET", "MESSENGER_VERIFY_TOKEN")
_PLATFORM_NAMES = (
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_WHATSAPP_NUMBER",
    "TWILIO_API_URL",
    "MESSENGER_API_URL",
    *_MESSENGER_NAMES,
)


class SettingsError(ValueError):
    """A setting has a value that can't be used. The message is one line that says what to do."""


@dataclass(frozen=True)
class Settings:
    """The values in force. One attribute per setting; `.env.example` says what each is for."""

    rasa_port: int
    actions_port: int
    web_port: int
    web_host: str
    # Where the Rasa and action servers listen; this machine only, unless there are more.
    inner_host: str
    rasa_url: str
    actions_url: str
    var_dir: Path
    country: str
    allowed_origins: tuple[str, ...]
    trusted_proxies: tuple[Network, ...]
    # Where people reach the web server from outside; empty on one machine.
    public_url: str
    practice_name: str
    practice_people: str
    practice_phone: str
    practice_email: str
    practice_site: str
    practice_intake_url: str
    practice_answer: str
    # Empty: the coach says that it does not know, and whom to ask.
    practice_prices: str
    practice_place: str
    keep_conversations_days: int
    keep_intakes_days: int
    telegram_api_url: str
    telegram_mode: str
    telegram_webhook_url: str
    twilio_account_sid: str
    twilio_whatsapp_number: str
    twilio_api_url: str
    messenger_api_url: str
    # Secrets: never in a repr, and so never in a log. A database's address has a password.
    api_token: str = field(repr=False)
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    session_key: str = field(repr=False)
    metrics_token: str = field(repr=False)
    data_keys: tuple[str, ...] = field(repr=False)
    notify_urls: tuple[str, ...] = field(repr=False)
    telegram_token: str = field(repr=False)
    twilio_auth_token: str = field(repr=False)
    messenger_page_token: str = field(repr=False)
    messenger_app_secret: str = field(repr=False)
    messenger_verify_token: str = field(repr=False)

    @property
    def web_url(self) -> str:
        """Address that a person opens."""
        host = "localhost" if self.web_host in ("127.0.0.1", "0.0.0.0", "::") else self.web_host
        return f"http://{host}:{self.web_port}"

    @property
    def origins(self) -> list[str]:
        """Whose pages may talk with the coach from a browser: our own, and those of the list."""
        public = re.match(r"https?://[^/]+", self.public_url)
        own = [self.web_url, self.web_url.replace("localhost", "127.0.0.1"), *([public.group().lower()] if public else [])]
        return list(dict.fromkeys([*own, *self.allowed_origins]))

    @property
    def practice(self) -> dict[str, str]:
        """What a response may name of the practice, by placeholder."""
        return {
            "practice_name": self.practice_name,
            "practice_people": self.practice_people,
            "practice_phone": self.practice_phone,
            "practice_email": self.practice_email,
            "practice_site": self.practice_site,
            "practice_intake_url": self.practice_intake_url,
            "practice_answer": self.practice_answer,
            "practice_prices": self.practice_prices,
            "practice_place": self.practice_place,
            "privacy_url": self.privacy_url,
            "keep_intakes": in_words(self.keep_intakes_days),
            "keep_conversations": in_words(self.keep_conversations_days),
        }

    @property
    def privacy_url(self) -> str:
        """Address of the page for visitors on what happens with their words."""
        return f"{self.public_url or self.web_url}/privacy"


def in_words(days: int) -> str:
    """A number of days as a person says it: 180 is 'een half jaar'."""
    if days % 365 == 0:
        return "een jaar" if days == 365 else f"{days // 365} jaar"
    if 180 <= days <= 184:
        return "een half jaar"
    for size, one, many in ((30, "een maand", "maanden"), (7, "een week", "weken"), (1, "een dag", "dagen")):
        if days % size == 0:
            return one if days == size else f"{days // size} {many}"
    raise ValueError("a number of days is at least one")


def _port(values: dict[str, str], name: str, default: int) -> int:
    raw = values.get(name) or str(default)
    if not raw.isdigit() or not 1 <= int(raw) <= 65535:
        raise SettingsError(f"{name} is '{raw}': give a port number from 1 to 65535 (default {default}).")
    return int(raw)


def _country(values: dict[str, str]) -> str:
    country = (values.get("COACH_COUNTRY") or "nl").lower()
    if country not in COUNTRIES:
        raise SettingsError(f"COACH_COUNTRY is '{country}': use one of {', '.join(COUNTRIES)}.")
    return country


def _public_url(values: dict[str, str]) -> str:
    address = values.get("COACH_PUBLIC_URL", "").strip().rstrip("/")
    if address and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", address):
        raise SettingsError("COACH_PUBLIC_URL is no address: it begins with https:// (or http://) and a host.")
    return address


def _inner(values: dict[str, str], rasa_port: int, actions_port: int) -> dict[str, str]:
    """Where the Rasa and action servers listen and are found."""
    host = values.get("COACH_INNER_HOST") or "127.0.0.1"
    if host not in ON_THIS_MACHINE and not values.get("COACH_API_TOKEN"):
        raise SettingsError("COACH_INNER_HOST opens the Rasa server to other machines: set COACH_API_TOKEN too.")
    found = {
        "inner_host": host,
        "rasa_url": (values.get("COACH_RASA_URL") or f"http://127.0.0.1:{rasa_port}").rstrip("/"),
        "actions_url": values.get("COACH_ACTIONS_URL") or f"http://127.0.0.1:{actions_port}/webhook",
    }
    for setting, name in (("COACH_RASA_URL", "rasa_url"), ("COACH_ACTIONS_URL", "actions_url")):
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", found[name]):
            raise SettingsError(f"{setting} is no address: it begins with http:// and a host.")
    return found


def _shared(values: dict[str, str]) -> dict[str, str]:
    """What several servers have in common."""
    redis_url, session_key = values.get("REDIS_URL") or "", values.get("COACH_SESSION_KEY") or ""
    if redis_url and not re.match(r"(rediss?|unix)://", redis_url):
        raise SettingsError("REDIS_URL is no address: it looks like redis://:password@host:6379/0.")
    if session_key and len(session_key) < 32:
        raise SettingsError("COACH_SESSION_KEY is too short to be safe: give it 32 characters or more.")
    if redis_url and not (session_key and values.get("COACH_DATA_KEYS")):
        raise SettingsError("REDIS_URL means several servers: give all of them the same COACH_SESSION_KEY and COACH_DATA_KEYS.")
    return {"redis_url": redis_url, "session_key": session_key}


def _origins(values: dict[str, str]) -> tuple[str, ...]:
    """The sites of the list. Not every site ('*'), not a page without one ('null')."""
    found = tuple(o.strip().rstrip("/").lower() for o in values.get("COACH_ALLOWED_ORIGINS", "").split(",") if o.strip())
    for origin in found:
        if not re.fullmatch(r"https?://[\w.-]+(:\d+)?", origin):
            raise SettingsError(f"COACH_ALLOWED_ORIGINS has '{origin}': name each site as https://www.example.org, without a path.")
    return found


def _proxies(values: dict[str, str]) -> tuple[Network, ...]:
    text = values.get("COACH_TRUSTED_PROXIES")
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in (text or "127.0.0.1,::1").split(",") if part.strip())
    except ValueError:
        raise SettingsError(
            f"COACH_TRUSTED_PROXIES is '{text}': use addresses or networks such as 10.0.0.0/8, with commas between."
        ) from None


def _days(values: dict[str, str], name: str, default: int) -> int:
    text = values.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 3650:
        raise SettingsError(f"{name} is '{text}': it has to be a number of days from 1 to 3650.")
    return int(text)


def _data_keys(values: dict[str, str]) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in values.get("COACH_DATA_KEYS", "").split(",") if key.strip())
    for position, key in enumerate(keys, 1):
        try:
            fits = len(base64.urlsafe_b64decode(key)) == 32
        except (binascii.Error, ValueError):
            fits = False
        if not fits:
            raise SettingsError(f"COACH_DATA_KEYS: key {position} is no Fernet key (32 bytes in URL-safe base64).")
    return keys


def _notify_urls(values: dict[str, str]) -> tuple[str, ...]:
    # Only before the next address: an address itself may have commas, as in mailto://...?to=a@x.nl,b@x.nl.
    parts = re.split(r"[\s,]+(?=[a-z][a-z0-9+.-]*://)", values.get("COACH_NOTIFY_URLS", "").strip(" ,"), flags=re.IGNORECASE)
    return tuple(part for part in parts if part)


def _telegram(values: dict[str, str]) -> dict[str, str]:
    found = {
        "telegram_token": (values.get("TELEGRAM_TOKEN") or "").strip(),
        "telegram_api_url": (values.get("TELEGRAM_API_URL") or "https://api.telegram.org").rstrip("/"),
        "telegram_mode": (values.get("TELEGRAM_MODE") or "polling").lower(),
        "telegram_webhook_url": (values.get("TELEGRAM_WEBHOOK_URL") or "").rstrip("/"),
    }
    if found["telegram_token"] and not re.fullmatch(r"\d+:[\w-]+", found["telegram_token"], re.ASCII):
        raise SettingsError("TELEGRAM_TOKEN is no token of a bot: copy it from BotFather, it looks like 123456:ABC-def.")
    if found["telegram_mode"] not in ("polling", "webhook"):
        raise SettingsError(f"TELEGRAM_MODE is '{found['telegram_mode']}': use polling or webhook.")
    if found["telegram_mode"] == "webhook" and not re.match(r"https?://", found["telegram_webhook_url"]):
        raise SettingsError("TELEGRAM_WEBHOOK_URL is needed with TELEGRAM_MODE=webhook: this server's public address, https://….")
    return found


def _platforms(values: dict[str, str]) -> dict[str, str]:
    """WhatsApp and Messenger."""
    given = {name: (values.get(name) or "").strip() for name in _PLATFORM_NAMES}
    for needed in (("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_NUMBER"), _MESSENGER_NAMES):
        missing = [name for name in needed if not given[name]]
        if missing and len(missing) < len(needed):
            raise SettingsError(f"{' and '.join(missing)} must be set too, or leave all of {', '.join(needed)} empty.")
        if not missing and not values.get("COACH_PUBLIC_URL"):
            raise SettingsError(f"COACH_PUBLIC_URL is needed with {needed[0]}: the address at which the messages are brought.")
    if given["TWILIO_WHATSAPP_NUMBER"] and not re.fullmatch(r"\+\d{8,15}", given["TWILIO_WHATSAPP_NUMBER"], re.ASCII):
        raise SettingsError("TWILIO_WHATSAPP_NUMBER is no number: write it with its country, like +31612345678.")
    given["TWILIO_API_URL"] = (given["TWILIO_API_URL"] or "https://api.twilio.com").rstrip("/")
    given["MESSENGER_API_URL"] = (given["MESSENGER_API_URL"] or "https://graph.facebook.com/v21.0").rstrip("/")
    return {name.lower(): value for name, value in given.items()}


def read_settings(values: dict[str, str]) -> Settings:
    """Build the settings from name-value pairs.

    Raises `SettingsError` when a value can't be used.
    """
    var_dir = Path(values.get("COACH_VAR_DIR") or "var").expanduser()
    if not var_dir.is_absolute():
        var_dir = ROOT / var_dir
    rasa_port, actions_port, web_port = (
        _port(values, "COACH_RASA_PORT", 5005),
        _port(values, "COACH_ACTIONS_PORT", 5055),
        _port(values, "COACH_WEB_PORT", 8080),
    )
    if len({rasa_port, actions_port, web_port}) < 3:
        raise SettingsError("COACH_RASA_PORT, COACH_ACTIONS_PORT and COACH_WEB_PORT must differ.")
    database_url = values.get("DATABASE_URL") or f"sqlite:///{var_dir / 'conversations.db'}"
    if "://" not in database_url:
        raise SettingsError("DATABASE_URL is no address: use sqlite:///file or postgresql://user:password@host/name.")
    return Settings(
        rasa_port=rasa_port,
        actions_port=actions_port,
        web_port=web_port,
        web_host=values.get("COACH_WEB_HOST") or "127.0.0.1",
        **_inner(values, rasa_port, actions_port),
        **_shared(values),
        metrics_token=values.get("COACH_METRICS_TOKEN") or "",
        api_token=values.get("COACH_API_TOKEN") or "",
        var_dir=var_dir,
        database_url=database_url,
        country=_country(values),
        allowed_origins=_origins(values),
        trusted_proxies=_proxies(values),
        public_url=_public_url(values),
        practice_name=values.get("COACH_PRACTICE_NAME") or "Heart Connection",
        practice_people=values.get("COACH_PRACTICE_PEOPLE") or "Peter (PLAM) van der Ven en Lilia (LV) van der Ven-Rayos",
        practice_phone=values.get("COACH_PRACTICE_PHONE") or "06-51404331",
        practice_email=values.get("COACH_PRACTICE_EMAIL") or "plamvdven@outlook.com",
        practice_site=values.get("COACH_PRACTICE_SITE") or "www.heartconnection.nl",
        practice_intake_url=values.get("COACH_PRACTICE_INTAKE_URL") or "https://heartconnection.nl/gratis-gesprek",
        practice_answer=values.get("COACH_PRACTICE_ANSWER") or "binnen twee werkdagen",
        practice_prices=(values.get("COACH_PRACTICE_PRICES") or "").strip(" ."),
        practice_place=(values.get("COACH_PRACTICE_PLACE") or "").strip(" ."),
        keep_conversations_days=_days(values, "COACH_KEEP_CONVERSATIONS_DAYS", 30),
        keep_intakes_days=_days(values, "COACH_KEEP_INTAKES_DAYS", 180),
        data_keys=_data_keys(values),
        notify_urls=_notify_urls(values),
        **_telegram(values),
        **_platforms(values),
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process: the environment wins over `.env`.

    Raises `SettingsError` when a value can't be used.
    """
    from_file = {name: value for name, value in dotenv_values(ROOT / ".env").items() if value is not None}
    return read_settings({**from_file, **os.environ})
