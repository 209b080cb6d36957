"""The helplines: read from `data/helplines.yml`, chosen by category, level and country, and put into words in one place."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, Extra, HttpUrl, root_validator

from bot.settings import ROOT, settings

FILE = ROOT / "data" / "helplines.yml"
FRESH_FOR = timedelta(days=365)

Category = Literal[
    "partner_violence",
    "threat_stalking",
    "coercive_control",
    "sexual_violence",
    "child_safety",
    "suicidality",
    "own_violence",
    "listening",
]
CATEGORIES: tuple[str, ...] = (
    "partner_violence",
    "threat_stalking",
    "coercive_control",
    "sexual_violence",
    "child_safety",
    "suicidality",
    "own_violence",
)
# Said when everything else fails (S8), so it needs no file, no model and no database.
_WRONG = (
    "Er gaat bij mij iets mis, dus ik kan je nu niet goed antwoorden. Probeer het over een paar minuten nog eens.\nIs er gevaar? Bel 112. "
)
PLAIN_MESSAGES = {
    "nl": _WRONG + "Over geweld of angst thuis: 0800-2000 (Veilig Thuis). Denk je aan zelfmoord: bel 113.",
    "be": _WRONG + "Over geweld of angst thuis: 1712. Denk je aan zelfmoord: bel 1813.",
}


def plain_message() -> str:
    """What a visitor reads when the coach can't answer, with the numbers of `COACH_COUNTRY`."""
    return PLAIN_MESSAGES[settings().country]


def with_numbers(text: str) -> str:
    """A refusal and the emergency numbers: who can't get through may need them."""
    return f"{text}\n{plain_message().splitlines()[-1]}"


class Helpline(BaseModel):
    """One row of the file."""

    id: str
    name: str
    number: str
    country: Literal["nl", "be"]
    emergency: bool = False
    for_: list[Category] = []
    when: str
    hours: str | None = None
    url: HttpUrl
    source: str
    verified_on: date
    recheck: bool = False

    class Config:
        """The file says `for`, which Python keeps for itself; unknown fields are mistakes."""

        fields = {"for_": "for"}  # noqa: RUF012
        extra = Extra.forbid

    @root_validator(skip_on_failure=True)
    def _no_hours_without_check(cls, values: dict[str, object]) -> dict[str, object]:
        if values["recheck"] and values["hours"]:
            raise ValueError(f"{values['id']}: opening hours need a check first")
        return values

    @property
    def tel(self) -> str:
        """The number as a `tel:` link wants it."""
        return "tel:" + self.number.replace("-", "")

    def stale(self, today: date) -> bool:
        """Whether the last check is older than a year."""
        return today - self.verified_on > FRESH_FOR

    def sentence(self) -> str:
        """The line as a visitor reads it."""
        hours = f" ({self.hours})" if self.hours else f" ({self.url})"
        if self.emergency:
            hours = ""
        return f"• {self.name}: {self.number}, {self.when}{hours}"


def read_helplines(path: Path) -> list[Helpline]:
    """Read and check the file.

    Raises `pydantic.ValidationError` when a row is wrong.
    """
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["helplines"]
    return [Helpline.parse_obj(row) for row in rows]


@lru_cache(maxsize=1)
def _all() -> list[Helpline]:
    return read_helplines(FILE)


def lines_for(category: str, acute: bool, country: str) -> list[Helpline]:
    """The helplines to show, most urgent first.

    Args:
        category: an alarm category, or `listening` for somebody who only needs an ear.
        acute: danger now; the emergency number comes first.
        country: `nl` or `be`.
    """
    here = [line for line in _all() if line.country == country]
    emergency = [line for line in here if line.emergency and acute]
    fitting = [line for line in here if not line.emergency and category in line.for_]
    return emergency + fitting


def in_words(lines: list[Helpline]) -> str:
    """The lines as text, one below the other."""
    return "\n".join(line.sentence() for line in lines)


def as_payload(lines: list[Helpline]) -> list[dict[str, str]]:
    """The lines for a channel that can make them tappable."""
    return [{"name": line.name, "number": line.number, "tel": line.tel, "url": str(line.url)} for line in lines]
