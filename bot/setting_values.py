"""Reads single settings from name-value pairs. Each raises `SettingsError` where a value can't be used."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
COUNTRIES = ("nl", "be")
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


def port(values: dict[str, str], name: str, default: int) -> int:
    """A port number."""
    raw = values.get(name) or str(default)
    if not raw.isdigit() or not 1 <= int(raw) <= 65535:
        raise SettingsError(f"{name} is '{raw}': give a port number from 1 to 65535 (default {default}).")
    return int(raw)


def country(values: dict[str, str]) -> str:
    """`nl` or `be`."""
    given = (values.get("COACH_COUNTRY") or "nl").lower()
    if given not in COUNTRIES:
        raise SettingsError(f"COACH_COUNTRY is '{given}': use one of {', '.join(COUNTRIES)}.")
    return given


def public_url(values: dict[str, str]) -> str:
    """Address from outside, without a slash at its end; empty where there is none."""
    address = values.get("COACH_PUBLIC_URL", "").strip().rstrip("/")
    if address and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", address):
        raise SettingsError("COACH_PUBLIC_URL is no address: it begins with https:// (or http://) and a host.")
    return address


def inner_servers(values: dict[str, str], rasa_port: int, actions_port: int) -> dict[str, str]:
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


def shared_by_servers(values: dict[str, str]) -> dict[str, str]:
    """What several servers have in common."""
    redis_url, session_key = values.get("REDIS_URL") or "", values.get("COACH_SESSION_KEY") or ""
    if redis_url and not re.match(r"(rediss?|unix)://", redis_url):
        raise SettingsError("REDIS_URL is no address: it looks like redis://:password@host:6379/0.")
    if session_key and len(session_key) < 32:
        raise SettingsError("COACH_SESSION_KEY is too short to be safe: give it 32 characters or more.")
    if redis_url and not (session_key and values.get("COACH_DATA_KEYS")):
        raise SettingsError("REDIS_URL means several servers: give all of them the same COACH_SESSION_KEY and COACH_DATA_KEYS.")
    return {"redis_url": redis_url, "session_key": session_key}


def origins(values: dict[str, str]) -> tuple[str, ...]:
    """The sites of the list. Not every site ('*'), not a page without one ('null')."""
    found = tuple(o.strip().rstrip("/").lower() for o in values.get("COACH_ALLOWED_ORIGINS", "").split(",") if o.strip())
    for origin in found:
        if not re.fullmatch(r"https?://[\w.-]+(:\d+)?", origin):
            raise SettingsError(f"COACH_ALLOWED_ORIGINS has '{origin}': name each site as https://www.example.org, without a path.")
    return found


def proxies(values: dict[str, str]) -> tuple[Network, ...]:
    """The networks whose word on a visitor's address counts."""
    text = values.get("COACH_TRUSTED_PROXIES")
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in (text or "127.0.0.1,::1").split(",") if part.strip())
    except ValueError:
        raise SettingsError(
            f"COACH_TRUSTED_PROXIES is '{text}': use addresses or networks such as 10.0.0.0/8, with commas between."
        ) from None


def days(values: dict[str, str], name: str, default: int) -> int:
    """How many days something is kept."""
    text = values.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 3650:
        raise SettingsError(f"{name} is '{text}': it has to be a number of days from 1 to 3650.")
    return int(text)


def data_keys(values: dict[str, str]) -> tuple[str, ...]:
    """The Fernet keys, newest first."""
    keys = tuple(key.strip() for key in values.get("COACH_DATA_KEYS", "").split(",") if key.strip())
    for position, key in enumerate(keys, 1):
        try:
            fits = len(base64.urlsafe_b64decode(key)) == 32
        except (binascii.Error, ValueError):
            fits = False
        if not fits:
            raise SettingsError(f"COACH_DATA_KEYS: key {position} is no Fernet key (32 bytes in URL-safe base64).")
    return keys


def notify_urls(values: dict[str, str]) -> tuple[str, ...]:
    """Where notices go, as Apprise writes addresses."""
    # Only before the next address: an address itself may have commas, as in mailto://...?to=a@x.nl,b@x.nl.
    parts = re.split(r"[\s,]+(?=[a-z][a-z0-9+.-]*://)", values.get("COACH_NOTIFY_URLS", "").strip(" ,"), flags=re.IGNORECASE)
    return tuple(part for part in parts if part)


def telegram(values: dict[str, str]) -> dict[str, str]:
    """The Telegram channel."""
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


def platforms(values: dict[str, str]) -> dict[str, str]:
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
