"""How the visitor calls their partner, so that the coach can call them the same: a name, 'mijn man', 'm'n lief', hij, zij or die.

The texts in `domain.yml` say 'je partner'; what is known stands in its place. Only what is sure is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.hearing.clauses import listed

_MEN = ("man", "echtgenoot", "vriend")
_WOMEN = ("vrouw", "echtgenote", "vriendin")
_EITHER = ("partner", "lief", "verloofde", "wederhelft", "ex")
_NOUNS = "|".join((*_MEN, *_WOMEN, *_EITHER))
_MY = r"(?:mijn|m'n|mijne|mijnen|mn|m’n)"
_NOUN = re.compile(rf"(?P<before>\b\w+\s+)?\b{_MY}\s+(?P<noun>{_NOUNS})\b", re.IGNORECASE)
# A friend may be meant where somebody is told something.
_MAYBE_A_FRIEND = frozenset({"vriend", "vriendin"})
_TELLING = frozenset({"aan", "volgens", "van", "bij", "door"})
# 'Appjes met mijn ex', 'over mijn ex': somebody else in the story.
_ABOUT_AN_EX = _TELLING | {"met", "over", "naar", "voor"}
# A sorry for somebody of the family: 'nee, voor mijn ma'.
_KIN = {
    **dict.fromkeys(("moeder", "ma", "mama", "moeke", "dochter", "zus", "oma", "bomma"), ("zij", "haar")),
    **dict.fromkeys(("vader", "pa", "papa", "zoon", "broer", "opa", "bompa"), ("hij", "hem")),
}
_FOR_KIN = re.compile(
    rf"(?:^\W*(?:(?:nee|neen|het|dit|dat|da|'?t) ?)*(?:is |tis |gaat )?(?:voor|aan|tegen|over)|\b(?:sorry|excuses|excuus|spijt)\b(?: \w+){{0,3}} (?:voor|aan|tegen|tegenover|bij)|brief (?:voor|aan)) {_MY}\s+(?P<kin>{'|'.join(_KIN)})\b",
    re.IGNORECASE,
)

_A_NAME = r"(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)"
# Only where it stands beyond doubt that the name is the partner's.
_NAMED = (
    re.compile(rf"\b(?i:{_MY})\s+(?i:{_NOUNS})\s*,?\s+(?!(?i:en|die|wil|is|heeft|zegt|zei|was)\b){_A_NAME}\b"),
    # At the beginning of a sentence any word has a capital: 'Sinds mijn man …'.
    re.compile(rf"\b{_A_NAME},\s+{_MY}\s+(?:{_NOUNS})\b"),
    re.compile(rf"(?<=[a-zà-ÿ,]\s){_A_NAME}\s+{_MY}\s+(?:{_NOUNS})\b"),
    re.compile(rf"\b(?i:{_MY})\s+(?i:{_NOUNS})\s+heet\s+(?P<name>[A-Za-zÀ-ÿ]+)\b"),
    re.compile(r"(?:^|[:\"“„'‘\n]\s*)(?i:lieve|liefste|allerliefste)\s+(?P<name>[A-ZÀ-Þ][a-zà-ÿ]+)\s*(?:,|\n|$)"),
)
_NO_NAME = listed(
    "schat schatje lieverd liefste lief liefje mop moppie engel partner man vrouw mama papa mam pap ma pa coach therapeut dokter god "
    "allemaal mensen jij je niet anders ik hij zij ze we wij het dat de een gisteren vandaag toen nu maar toch ook en want dus of omdat sinds als terwijl hoewel nee ja wel"
)
_HE = re.compile(r"\b(?:hij|ie|hem)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:zij|ze|haar)\b", re.IGNORECASE)
_THEY = re.compile(r"\bnon-?binair\b|\b(?:hen|hun) (?:is|heeft|was|had|zegt|zei|voelt|voelde|wil|wilde)\b", re.IGNORECASE)

_IN_TEXT = re.compile(r"\b([Jj])(?:e|ouw) partner\b")
_PRONOUN = re.compile(r"(^|[.?:]\s+)?\{(he|him)\}")


@dataclass(frozen=True)
class Partner:
    """The partner in the coach's sentences: `called` ('Sam', 'je man', 'je partner'), and the pronouns as subject and as object."""

    called: str = "je partner"
    he: str = "die"
    him: str = "je partner"


UNKNOWN = Partner()


def partner_in(messages: Iterable[str]) -> Partner:
    """What the visitor's messages, oldest first, tell of the partner; the newest name counts."""
    nouns: Counter[str] = Counter()
    name: str | None = None
    he = she = 0
    they = False
    kin: str | None = None
    for text in messages:
        if text.startswith("/"):
            continue
        nouns.update(_nouns(text))
        name = _name(text) or name
        kin = match["kin"].lower() if (match := _FOR_KIN.search(text)) else kin
        he += bool(_HE.search(text))
        she += bool(_SHE.search(text))
        they = they or bool(_THEY.search(text))
    if kin is not None:
        return Partner(f"je {kin}", *_KIN[kin])
    for friend, other in (("vriend", she), ("vriendin", he)):
        # 'Mijn vriendin zegt dat hij fout zit': a friend.
        if other:
            nouns.pop(friend, None)
    noun = _surest(nouns)
    if they:
        pronouns = ("die", "hen")
    elif noun in _MEN or (noun not in _WOMEN and he and not she):
        pronouns = ("hij", "hem")
    elif noun in _WOMEN or (she and not he):
        pronouns = ("zij", "haar")
    else:
        pronouns = (UNKNOWN.he, name or (f"je {noun}" if noun else UNKNOWN.him))
    return Partner(name or (f"je {noun}" if noun else UNKNOWN.called), *pronouns)


def with_partner(wording: str, partner: Partner) -> str:
    """A wording of the coach with the partner in it as the visitor calls them: 'je partner' and `{he}`, `{him}` filled in."""

    def called(match: re.Match[str]) -> str:
        return _capital(partner.called) if match[1] == "J" else partner.called

    def pronoun(match: re.Match[str]) -> str:
        said = partner.he if match[2] == "he" else partner.him
        return said if match[1] is None else match[1] + _capital(said)

    return _PRONOUN.sub(pronoun, _IN_TEXT.sub(called, wording))


def _nouns(text: str) -> Iterable[str]:
    for match in _NOUN.finditer(text):
        noun, before = match["noun"].lower(), (match["before"] or "").strip().lower()
        if not (noun in _MAYBE_A_FRIEND and before in _TELLING) and not (noun == "ex" and before in _ABOUT_AN_EX):
            yield noun


def _surest(nouns: Counter[str]) -> str | None:
    """The noun said most; 'mijn vriendin' beside 'mijn man' is a friend, 'partner' beside another word the general one."""
    sure = {noun: count for noun, count in nouns.items() if noun not in _MAYBE_A_FRIEND and noun != "partner"} or dict(nouns)
    if len({noun in _MEN for noun in sure if noun not in _EITHER}) > 1:
        # A man and a woman: whose partner is whose is not sure.
        return None
    best = max(sure, key=lambda noun: sure[noun], default=None)
    return None if best == "partner" else best


def _name(text: str) -> str | None:
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            if match["name"].lower() not in _NO_NAME:
                return _capital(match["name"])
    return None


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
