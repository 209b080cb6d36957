"""Whether the visitor thinks of leaving their partner: heard as it is, no goodbye to the coach and no deed to say sorry for."""

from __future__ import annotations

import re

from bot.hearing.clauses import CONDITIONS, SPEECH, clauses, negated

_HIM = r"(?:hem|haar|(?:mijn|mn|me) (?:man|vrouw|vriendin|vriend|partner|lief|ex|vent|echtgenoot|echtgenote|verloofde))"
_LEAVE = (
    rf"(?:(?:weg\w*|vertrekken) (?:bij|van) {_HIM}|(?:bij|van) {_HIM} (?:\w+ )?(?:weg\w*|vertrekken|af|scheiden)|{_HIM} (?:\w+ )?verlaten|scheiden|(?:een|de|aan) (?:echt)?scheiding|"
    rf"uit elkaar(?: gaan)?|uit (?:de|deze|mijn|onze) relatie(?: stappen)?|(?:de |deze |onze |mijn )?relatie (?:stoppen|beëindigen|verbreken)|een punt achter|"
    r"(?:het )?uit ?(?:te )?maken|weggaan|weg te gaan|(?:te )?vertrekken|hier weg|weg$)"
)
_THINKS = r"(?:ik|k|we|wij|kwil) (?:wil|willen|zou|zouden|denk|denken|overweeg|overwegen|twijfel|moet|zal|kan|sta|droom|pieker)|(?:zal|moet|zou|wil|kan) (?:ik|k)"
_LEAVES = re.compile(rf"\b(?:{_THINKS})\b (?:(?!hij|zij|ze|dat)\w+ ){{0,6}}?{_LEAVE}\b")
# 'Ik ga weg' may be said to the coach; who goes away from somebody does not.
_GOES = re.compile(
    rf"\b(?:(?:ik|k|we|wij) (?:ga|gaan|ben|zijn)|ga ik|gaan we) (?:(?!hij|zij|ze|dat|weg$)\w+ ){{0,4}}?(?:{_LEAVE.removesuffix('|hier weg|weg$)')})|(?:ik|k) verlaat {_HIM})\b"
)


def thinks_of_leaving(text: str) -> bool:
    """Whether somebody says that they think of leaving their partner, are going to, or asks whether they should."""
    return any(
        (_LEAVES.search(clause.text) or _GOES.search(clause.text))
        and not negated(clause)
        and clause.words[0] not in CONDITIONS
        and SPEECH.isdisjoint(set(clause.words) - {"denk"})
        for clause in clauses(text)
    )
