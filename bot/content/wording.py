"""How the coach may speak: what every sentence has to keep to, and advice for plain Dutch (B1)."""

from __future__ import annotations

import re
from collections import Counter

from bot.content.files import Content
from bot.content.names import response_name
from bot.content.responses import responses, said

# Wordings of a response that can come more than once in a conversation.
LEAST_WORDINGS = 3
# Said once in a conversation, so one wording is enough.
ONCE = frozenset({"utter_erased", "utter_alarm_misread"})
MOST_SENTENCES = 5
ADVISED_SENTENCES = 3
ADVISED_WORDS = 20
_SENTENCE_END = re.compile(r"[.?](?:\s|$|')")
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]")
_NUMBERS = re.compile(r"\b(112|113|0800|1712|1813)\b")
# Stiff words, and what to say instead.
PLAINER = {
    "aangaande": "over",
    "betreffende": "over",
    "derhalve": "daarom",
    "desalniettemin": "toch",
    "desondanks": "toch",
    "dient te": "moet",
    "echter": "maar",
    "indien": "als",
    "middels": "met",
    "omtrent": "over",
    "reeds": "al",
    "teneinde": "om",
    "tevens": "ook",
    "trachten": "proberen",
    "uiten": "zeggen",
    "wederzijds": "van jullie allebei",
}


def problems(text: str, practice: dict[str, str]) -> list[str]:
    """What keeps a sentence from being said, in Dutch; empty when it is fit. `practice` as in `Settings.practice`."""
    plain = text.replace("{helplines}", "")
    checks = {
        "Stel één vraag tegelijk.": plain.count("?") > 1,
        "Laat het uitroepteken weg.": "!" in plain,
        "Gebruik geen emoji.": bool(_EMOJI.search(plain)),
        "Zeg 'je' en 'jij', geen 'u'.": bool(re.search(r"\b(u|uw)\b", plain, re.IGNORECASE)),
        "Zeg niet dat iemand iets moet ('je moet', 'moet je').": bool(re.search(r"\b(moet je|je moet)\b", plain, re.IGNORECASE)),
        "Maak het korter: dit zijn te veel zinnen.": len(_SENTENCE_END.findall(plain)) > MOST_SENTENCES,
        "Schrijf de gegevens van de praktijk niet zelf. Gebruik bijvoorbeeld {practice_name} of {practice_phone}.": any(
            bool(value) and value in text for name, value in practice.items() if name.startswith("practice_")
        ),
        "Schrijf geen nummers van hulplijnen. De coach geeft die zelf als het nodig is.": bool(_NUMBERS.search(plain)),
    }
    return [advice for advice, found in checks.items() if found]


def advice(text: str) -> list[str]:
    """What would make a sentence plainer, in Dutch; it may be said all the same."""
    found = []
    sentences = [part.split() for part in re.split(r"(?<=[.?!])\s+|\n+", text) if part.strip()]
    if len(sentences) > ADVISED_SENTENCES:
        found.append(f"Liever niet meer dan {ADVISED_SENTENCES} zinnen. Dit zijn er {len(sentences)}.")
    longest = max(map(len, sentences), default=0)
    if longest > ADVISED_WORDS:
        found.append(f"Eén zin heeft {longest} woorden. Korter leest makkelijker: knip hem in tweeën.")
    words = text.casefold()
    found += [f"In plaats van '{stiff}' kun je '{plain}' zeggen." for stiff, plain in PLAINER.items() if re.search(rf"\b{stiff}\b", words)]
    return found


def all_problems(content: Content, practice: dict[str, str]) -> list[str]:
    """What is wrong with the wording of any sentence of a content, one line each with the sentence's name.

    Raises `ContentError` when the content can't be read.
    """
    known = responses(content)
    found = [
        f'"{response_name(name)}" heeft {len(variants)} van de minstens {LEAST_WORDINGS} manieren om het te zeggen.'
        for name, variants in known.items()
        if len(variants) < LEAST_WORDINGS and name not in ONCE
    ]
    texts = [(name, said(variant)) for name, variants in known.items() for variant in variants]
    times = Counter(text for _, text in texts)
    found += [f"Deze zin staat er {count} keer in: '{text}'." for text, count in times.items() if count > 1]
    return found + [f"In \"{response_name(name)}\" staat '{text}'. {line}" for name, text in texts for line in problems(text, practice)]
