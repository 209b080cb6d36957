"""Who should say sorry, and whether they want to, where a message says it beyond doubt. Clause by clause: a negation counts where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.hearing.clauses import Clause, clauses, negated

_SORRY = r"(?:sorry|excuus\w*|excuses\w*|verontschuldig\w*|spijt betuigen|spijtbrief\w*|goed ?(?:te )?maken)"
_THEY = r"(?:hij|ie|zij|ze|die|(?:mijn|mn) (?:man|vrouw|vriendin|vriend|partner|lief|ex|vent|echtgenoot|echtgenote|verloofde))"
_NO = r"(?:geen|(?<!weet )(?:niet|nie|ni)|nooit|niks|niets)"
_WORDS = r"(?:\w+ ){0,5}?"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})\b" for pattern in patterns))


_DOES_NOT_WANT = _any(
    rf"(?:ik|k) (?:wil|ga|zal|hoef|zeg|bied|maak|moet) {_WORDS}{_NO} {_WORDS}{_SORRY}",
    rf"(?:ik|k) (?:wil|ga|zal|hoef|zeg|bied|maak) (?:(?!{_NO}\b)\w+ )?{_WORDS}{_SORRY} {_WORDS}{_NO}(?! (?:goed|genoeg|alleen|zomaar))",
    rf"{_SORRY} (?:zeggen |aanbieden |vragen |maken )?(?:wil|ga|zal|doe|zeg|hoef) ik {_WORDS}{_NO}",
    rf"(?:ik )?(?:weiger|vertik) {_WORDS}{_SORRY}",
    rf"geen {_SORRY} (?:van|uit) (?:mij|me|mijn kant)",
)
_CAN_NOT = _any(
    rf"{_SORRY} (?:zeggen |aanbieden |vragen |maken )?(?:lukt|gaat) (?:(?:me|mij|echt|gewoon) )*{_NO}",
    rf"{_SORRY} (?:zeggen |aanbieden |vragen |maken )?(?:kan|krijg|durf) ik {_WORDS}{_NO}",
    rf"(?:ik|k) (?:kan|krijg|durf) {_WORDS}{_NO} {_WORDS}{_SORRY}",
    rf"lukt (?:me|mij) {_NO} {_WORDS}{_SORRY}",
)
_THEY_FIRST = _any(
    rf"{_THEY} (?:moet|mag|zou) {_WORDS}eerst(?:e)?(?: {_WORDS}(?:{_SORRY}|beginnen|komen|zijn|zetten))?",
    rf"{_THEY} (?:moet|hoort) {_WORDS}{_SORRY}",
    rf"(?:eerst|dan) (?:moet|mag) {_THEY}",
)
_MILD = re.compile(r"(?:(?<=\bmoet)|(?<=\bmag)) maar\b", re.IGNORECASE)
_MUST_I = _any(rf"moet ik {_WORDS}{_SORRY}")
_DEMANDED = _any(
    rf"(?:zegt|zei|vindt|vond|wil|eist|eiste|verwacht|verlangt|wilt) {_WORDS}dat ik {_WORDS}{_SORRY}",
    rf"ik moet van {_WORDS}{_SORRY}",
    rf"ik (?:zou|moet) {_WORDS}{_SORRY} {_WORDS}(?:zegt|zei|vindt|vond|volgens)",
    rf"(?:ik )?moet ik {_WORDS}{_SORRY} {_WORDS}van (?:hem|haar|mijn)",
)
_ASKS_HOW = _any(r"(?:hoe|wat|wanneer|waarmee|welke) (?:\w+ )?moet ik")
_LONGS = _any(
    rf"(?:ik|k) (?:wil|wou|zou|wacht|hoop|verlang|mis) {_WORDS}(?:het )?(?:hem|haar) (?:ook |wel |echt |oprecht )*spijt",
    rf"(?:ik|k) (?:wil|wou|zou|wacht|hoop|verlang) {_WORDS}(?:dat|tot|totdat) {_THEY} {_WORDS}(?:{_SORRY}|spijt)",
    rf"(?:ik|k) (?:wil|wou|wacht op) (?:een )?(?:\w+ )?{_SORRY} van (?:hem|haar|mijn)",
)
_WANTS = _any(
    rf"hoe (?:\w+ )?(?:ik|je|zeg|maak|bied|kan|moet|schrijf|begin|verwoord|formuleer) {_WORDS}{_SORRY}",
    rf"(?:ik|k) (?:wil|zou|ga|kom|wou|moet) {_WORDS}{_SORRY}(?! (?:horen|krijgen|van (?:hem|haar|mijn)))",
    rf"ik (?:heb|had) (?:(?!{_NO}\b)\w+ ){{0,5}}?(?:sorry|excuses|mijn excuses) {_WORDS}(?:gezegd|aangeboden|gemaakt|gestuurd|gevraagd)",
    r"(?:hoe|wanneer|waar) (?:\w+ )?(?:vraag|kan|moet|mag) ik (?:\w+ ){0,4}?(?:vergeving|vergiffenis)",
    r"(?:help|hulp) (?:\w+ ){0,3}?(?:sorry|excuus\w*|excuses)",
)
# 'Oké, sorry dan' as the whole of a message.
_ONLY_SORRY = re.compile(
    r"(?:(?:oke|ok|oké|ja|nou|goed|maar|nee|heel|echt|zo|het) )*(?:sorry|spijt me)(?: (?:dan|he|hè|hoor|maar|schat|echt|voor alles|heel erg))*"
)
_LETTER = r"(?:(?:sorry|excuus|spijt)? ?(?:brief\w*|sms\w*|mail\w*|berich?t\w*|tekst\w*|app\w*|kaartje)|excuus\w*|excuses|sorry)"
_READ_IT = re.compile(
    rf"(?:hoi |hallo |en |dag )*(?:(?:kun|kan|wil|zou|mag|kunt|wilt) (?:je|jij|ge|gij|u|ik)|ik (?:wil|wou|zou)(?: graag)?) (?:(?!dit\b)\w+ ){{0,4}}?{_LETTER} (?:\w+ ){{0,3}}?(?:na ?lezen|lezen|nakijken|bekijken|checken|beoordelen|verbeteren|laten (?:na)?lezen|laten nakijken|zien)"
    r"(?: (?:aub|alsjeblieft|kunnen|willen|voor me|voor mij))*"
)
_FORGIVE_ME = _any(
    rf"{_THEY} (?:\w+ ){{0,3}}?(?:vergeeft|vergaf) (?:me|mij)",
    rf"{_THEY} (?:kan|wil|zal|moet|zou|gaat|heeft|had) (?:\w+ ){{0,2}}?(?:me|mij) (?:\w+ ){{0,3}}?vergeven",
    rf"(?:kan|wil|zal|moet|zou|gaat) {_THEY} (?:me|mij) (?:\w+ ){{0,3}}?vergeven",
)
_ONLY_TO_SAY = re.compile(rf"(?:(?:mijn|een|goede?|echte?|mooie?) )*{_SORRY} (?:zeggen|maken|aanbieden|vragen|schrijven|formuleren)")


def sorry_refused(text: str) -> bool:
    """Whether the visitor does not want to say sorry, can't, or wants the partner to begin."""
    return _in_a_clause(text, (_DOES_NOT_WANT, _CAN_NOT)) or sorry_owed(text)


def sorry_owed(text: str) -> bool:
    """Whether the visitor says that it is the partner's turn."""
    # 'Hij moet maar eerst': this 'maar' begins no clause.
    return any(
        _THEY_FIRST.search(clause.text) and not negated(clause) and "dat" not in clause.words for clause in clauses(_MILD.sub("", text))
    )


def sorry_demanded(text: str) -> bool:
    """Whether the visitor asks if they must say sorry, or tells that somebody demands it. 'Hoe moet ik sorry zeggen' asks something else."""
    return any(
        _DEMANDED.search(clause.text) or (_MUST_I.search(clause.text) and not _ASKS_HOW.search(clause.text)) for clause in clauses(text)
    )


def sorry_longed_for(text: str) -> bool:
    """Whether the visitor wants to hear a sorry of the partner."""
    return _in_a_clause(text, (_LONGS,))


def sorry_wanted(text: str) -> bool:
    """Whether the visitor wants to say sorry or asks how, has said it, or hopes to be forgiven."""
    if sorry_refused(text) or sorry_demanded(text) or sorry_longed_for(text):
        return False
    found = clauses(text)
    whole = " ".join(clause.text for clause in found)
    return (
        any(_WANTS.search(clause.text) or _FORGIVE_ME.search(clause.text) for clause in found)
        or (len(found) == 1 and bool(_ONLY_TO_SAY.fullmatch(whole)))
        or bool(_ONLY_SORRY.fullmatch(whole))
    )


def wants_letter_read(text: str) -> bool:
    """Whether somebody asks to have a letter of theirs read, and pastes none yet: 'kun je mijn brief nalezen?'."""
    found = clauses(text)
    return len(found) == 1 and bool(_READ_IT.fullmatch(found[0].text))


def _in_a_clause(text: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    found: tuple[Clause, ...] = clauses(text)
    return any(pattern.search(clause.text) for clause in found for pattern in patterns)
