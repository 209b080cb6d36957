"""Every setting of the project, read once from the environment, else from `.env`, else a default.

The defaults run a practice's coach on one machine without any `.env`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dotenv import dotenv_values

from bot import setting_values
from bot.setting_values import Network, SettingsError

ROOT = Path(__file__).resolve().parent.parent


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


def read_settings(values: dict[str, str]) -> Settings:
    """Build the settings from name-value pairs.

    Raises `SettingsError` when a value can't be used.
    """
    var_dir = Path(values.get("COACH_VAR_DIR") or "var").expanduser()
    if not var_dir.is_absolute():
        var_dir = ROOT / var_dir
    rasa_port, actions_port, web_port = (
        setting_values.port(values, "COACH_RASA_PORT", 5005),
        setting_values.port(values, "COACH_ACTIONS_PORT", 5055),
        setting_values.port(values, "COACH_WEB_PORT", 8080),
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
        **setting_values.inner_servers(values, rasa_port, actions_port),
        **setting_values.shared_by_servers(values),
        metrics_token=values.get("COACH_METRICS_TOKEN") or "",
        api_token=values.get("COACH_API_TOKEN") or "",
        var_dir=var_dir,
        database_url=database_url,
        country=setting_values.country(values),
        allowed_origins=setting_values.origins(values),
        trusted_proxies=setting_values.proxies(values),
        public_url=setting_values.public_url(values),
        practice_name=values.get("COACH_PRACTICE_NAME") or "Heart Connection",
        practice_people=values.get("COACH_PRACTICE_PEOPLE") or "Peter (PLAM) van der Ven en Lilia (LV) van der Ven-Rayos",
        practice_phone=values.get("COACH_PRACTICE_PHONE") or "06-51404331",
        practice_email=values.get("COACH_PRACTICE_EMAIL") or "plamvdven@outlook.com",
        practice_site=values.get("COACH_PRACTICE_SITE") or "www.heartconnection.nl",
        practice_intake_url=values.get("COACH_PRACTICE_INTAKE_URL") or "https://heartconnection.nl/gratis-gesprek",
        practice_answer=values.get("COACH_PRACTICE_ANSWER") or "binnen twee werkdagen",
        practice_prices=(values.get("COACH_PRACTICE_PRICES") or "").strip(" ."),
        practice_place=(values.get("COACH_PRACTICE_PLACE") or "").strip(" ."),
        keep_conversations_days=setting_values.days(values, "COACH_KEEP_CONVERSATIONS_DAYS", 30),
        keep_intakes_days=setting_values.days(values, "COACH_KEEP_INTAKES_DAYS", 180),
        data_keys=setting_values.data_keys(values),
        notify_urls=setting_values.notify_urls(values),
        **setting_values.telegram(values),
        **setting_values.platforms(values),
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process: the environment wins over `.env`.

    Raises `SettingsError` when a value can't be used.
    """
    from_file = {name: value for name, value in dotenv_values(ROOT / ".env").items() if value is not None}
    return read_settings({**from_file, **os.environ})
