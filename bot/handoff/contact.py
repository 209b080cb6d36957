"""Finds the e-mail address or phone number in what a visitor wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

# What may be called back. Helplines (0800, 0900) are named in the chat, and are nobody's own number.
PERSONAL = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
        PhoneNumberType.PERSONAL_NUMBER,
    }
)
_EMAIL = re.compile(r"[^\s<>()\[\]{},;:\"]+@[^\s<>()\[\]{},;:\"'!?/]+")
# Digits as people group them, from a 0, a '+' or a country's 31 or 32; no letter right before them, as in a number plate.
_DIGITS = re.compile(r"(?<![\w+])\(?(?:\+|0|3[12])[\d\s()./\-–—_]{6,28}\d(?!\w)")
# 'Bel 06-12345678 18:00' and '… na 18 uur': no part of the number.
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b|(?<!\S)(?:\d{1,2}\s?[-–]\s?)?\d{1,2}(?:[.:]\d{2})?\s?(?:u|uur|h)\b")
# '0475 12 34 56' and '0475/123456': so people write a Belgian mobile number. 0475 is Roermond's code as well, where one writes '0475-123456'.
_BELGIAN_MOBILE = re.compile(r"(?<![\d+])04\d\d(?:\s?/\s?\d{2,3}|[ .]\d\d[ .]\d\d[ .]\d\d|[ .]\d{3}[ .]\d{3})")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# The words around a name and a number, where somebody says no more than who they are and how to reach them.
OF_INTRODUCTION = re.compile(
    r"ja|jawel|graag|ok[eé]?|hoi|hallo|dag|ik|ben|heet|mijn|m'n|mn|naam|is|het|dit|dat|me|mij|noem|zeg|maar|doe|dan|en|of|op|via|"
    r"gsm|nummer|(?:gsm|telefoon)nummer|telefoon|tel|mobiel|e?-?mail(?:adres)?|adres|bel|bellen|mailen|app|ka?u?nt?|mag|mogen|"
    r"jullie|je|u|bereik(?:en|baar)?|contact|hier|met|naar|zijn|wel|ook|nog|wil|gesprek|aub|alsjeblieft",
    re.IGNORECASE,
)
# With anybody else in it, it tells something: 'ja maar hij dreigt, 06 …'.
_SOMEBODY_ELSE = re.compile(r"\b(?:hij|ie|zij|ze|hem|haar|man|vrouw|vriend|vriendin|partner|ex|kind\w*)\b", re.IGNORECASE)
MOST_NAME_WORDS = 3


@dataclass(frozen=True)
class Contact:
    """How somebody can be reached. `value` is a normalised address, or a number such as '+31612345678'."""

    kind: Literal["email", "phone"]
    value: str = field(repr=False)


def read_contact(text: str, country: str) -> Contact | None:
    """The e-mail address in a sentence, else the phone number; None when there is none that can exist.

    Args:
        text: what the visitor wrote.
        country: 'nl' or 'be', for numbers without a country; the other one is tried next.
    """
    for found in _EMAIL.finditer(text):
        try:
            return Contact("email", validate_email(found.group().strip(".'*"), check_deliverability=False).normalized)
        except (EmailNotValidError, UnicodeError):
            continue
    belgian = country.lower() == "be" or _BELGIAN_MOBILE.search(text) is not None
    home, neighbour = ("BE", "NL") if belgian else ("NL", "BE")
    rest = _TIME.sub(" , ", _EMAIL.sub(" , ", text))
    for number in _numbers(rest, home):
        if phonenumbers.number_type(number) in PERSONAL:
            return _phone(number)
    # Only mobile numbers: '06-1234567', a Dutch number with a digit too few, could also be a telephone in Libramont.
    for number in _numbers(rest, neighbour):
        if phonenumbers.number_type(number) == PhoneNumberType.MOBILE:
            return _phone(number)
    return None


def introduces(text: str, country: str) -> bool:
    """Whether a message says no more than how somebody can be reached, and perhaps who they are."""
    if read_contact(text, country) is None or _SOMEBODY_ELSE.search(_EMAIL.sub(" ", text)):
        return False
    words = _WORD.findall(_EMAIL.sub(" ", text))
    return sum(OF_INTRODUCTION.fullmatch(word) is None for word in words) <= MOST_NAME_WORDS


def _numbers(text: str, region: str) -> Iterator[PhoneNumber]:
    """The valid numbers in a text."""
    for found in _DIGITS.finditer(text):
        digits = re.sub(r"[^\d+]", "", found.group())
        try:
            number = phonenumbers.parse("+" + digits if digits[0] == "3" else digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            yield number


def _phone(number: PhoneNumber) -> Contact:
    return Contact("phone", phonenumbers.format_number(number, PhoneNumberFormat.E164))
