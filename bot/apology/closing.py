"""The end of a letter: 'Liefs, Tom'. What is added to a letter stands before it."""

from __future__ import annotations

import re

_NAME = r"[A-ZÀ-Þ][\wà-ÿ'-]+"
_GREETING = (
    r"(?:(?:heel )?(?:veel |met (?:veel |alle )?)?(?:liefs|liefde)|(?:lieve |warme |veel |vriendelijke )*groet(?:en|jes)?|"
    r"(?:dikke |lieve |warme |veel )*(?:kus(?:jes|sen)?|knuffels?|zoen(?:en)?)|x+|(?:je|jouw|uw|voor altijd jouw?) (?:man|vrouw|vriendin|vriend|lief|schat|partner)|"
    r"voor altijd(?: jouw?| de jouwe)?)"
)
_END = re.compile(
    rf"(?:^|\n|(?<=[.!?…,;]))[ \t]*(?:(?i:{_GREETING})\b[ \t,.!]*(?:\n*[ \t]*(?:van |je |jouw )*{_NAME}(?: (?:en )?{_NAME})?|(?:van (?:je|jouw|uw) )?[\w'-]{{2,12}})?|(?:je |van )?{_NAME}(?: {_NAME})?)"
    r"[ \t.,!x]*\s*\Z"
)
# A last word with a capital that is no name.
_NO_NAME = re.compile(r"\s*(?:sorry|echt|ja|nee|beloofd|altijd|dank\w*|oprecht|eerlijk|kom\w*|alsjeblieft|please)\b", re.IGNORECASE)
# A name alone in small letters counts on a line of its own only.
_LONE = re.compile(r"\n[ \t]*[a-zà-ÿ]{2,12}[ \t.x]*\s*\Z")


def closing_at(text: str) -> int:
    """Where the greeting or name at the end of a letter begins; the length of the text where there is none."""
    end = len(text.rstrip())
    while match := _END.search(text[:end]) or _LONE.search(text[:end]):
        if match.start() == 0 or _NO_NAME.match(match.group()):
            break
        end = match.start()
    return end


def with_sentence(text: str, sentence: str) -> str:
    """The letter with a sentence more, before its greeting and name."""
    at = closing_at(text)
    body, closing = text[:at].rstrip(" \t\n,;"), text[at:]
    if body and body[-1] not in ".!?…":
        body += "."
    if not closing.strip():
        return f"{body} {sentence}".strip()
    return f"{body} {sentence}{chr(10) if chr(10) in closing[: len(closing) - len(closing.lstrip())] else ' '}{closing.strip()}"
