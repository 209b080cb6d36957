"""Whether a message tells of a deed: what somebody did to the visitor's body or freedom, or the visitor to somebody else's body.

Such a message was hardly misread, whoever takes it back later: people in danger do.
"""

from __future__ import annotations

import re

_LOVED = r"(?:mijn|m'n|mn|mijne) (?:man|vrouw|vriendin|vriend|partner|lief|ex|vent|echtgenoot|echtgenote|verloofde)"
_ONE = rf"(?:hij|ie|zij|ze|{_LOVED})"
_ME = r"(?:me|mij|m'n|mn|mijn|mijne)"
# A few words of the same clause, with the spaces around them.
_THEN = r"\s(?:[^.!?;,\n]{0,30}?\s)?"
_HARMS = (
    r"(?:sla(?:at|agt)|sloeg|schopte?|schopt|stompte?|stompt|duwt|duwde|knijpt|kneep|krabt|krabde|bijt|beet|trapt|trapte|mept|mepte|ramt|ramde|"
    r"wurgt|wurgde|sleurt|sleurde|smijt|smeet|spuugt|spuugde|spoog|brandde|verbrandde|dwingt|dwong|verkrachtte|mishandelt|mishandelde|sluit|sloot)"
)
_HARMED = (
    r"(?:geslagen|geschopt|gestompt|geduwd|geknepen|gekrabd|gebeten|getrapt|gemept|geramd|gewurgd|gesleurd|gesmeten|bespuugd|gespuugd|verbrand|"
    r"gedwongen|verkracht|mishandeld|opgesloten|buitengesloten|vastgebonden|door elkaar geschud)"
)
_BLOW = (
    r"(?:klap(?:pen)?|lel(?:len)?|mep(?:pen)?|tik(?:ken)?|duw|pets|oorveeg|oorvijg|stomp(?:en)?|schop(?:pen)?|trap(?:pen)?|slag|slaag|rammel|kopstoot|"
    r"mot|pandoering|vuist)"
)
_THROWN = (
    r"(?:pan|bord|glas|kop|mok|fles|schoen|mes|stoel|asbak|vaas|telefoon|gsm|afstandsbediening|sleutels?|kom|lamp|boek|strijkijzer|schaal|iets|spullen|"
    r"servies)"
)
_HARM_OF_VISITOR = re.compile(
    # 'Ze krabde mn gezicht open', 'toen sloeg hij me', 'hij heeft mij van de trap geduwd', 'ik werd geslagen'.
    rf"\b{_ONE}{_THEN}{_HARMS}{_THEN}{_ME}\b|\b{_HARMS} {_ONE}{_THEN}{_ME}\b|\b{_ONE}{_THEN}{_ME}{_THEN}{_HARMED}\b|"
    rf"\b(?:ik (?:ben|werd|word|was)|(?:ben|werd|word) ik){_THEN}{_HARMED}\b|"
    # 'Ik krijg weleens een lel van haar', 'soms krijg ik een klap', 'ze heeft me een mep verkocht'.
    rf"\b(?:ik|'?k|en) (?:krijg|kreeg|vang|ving|heb|had){_THEN}{_BLOW} (?:van|op|in|tegen|gekregen|gehad)\b|\b(?:krijg|kreeg|vang|ving) ik{_THEN}{_BLOW}\b|"
    rf"\bik (?:krijg|kreeg){_THEN}{_BLOW}\b|\b{_ONE} (?:geeft|gaf|heeft|verkoopt|verkocht){_THEN}{_ME}{_THEN}{_BLOW}\b|"
    # 'Ze gooide een pan naar me', 'dan vloog de kom langs m'n hoofd'.
    rf"\b{_ONE}{_THEN}(?:gooit|gooide|gegooid|smijt|smeet|mikt|mikte){_THEN}{_THROWN} (?:naar|tegen|op) {_ME}\b|"
    rf"\b{_THROWN}{_THEN}(?:naar|tegen|op|langs) {_ME} (?:hoofd|kop|gezicht|rug|lijf|benen|arm)\b|"
    # 'Hij greep me vast', 'ze trok aan mijn haar', 'hij pakt mijn pas af'.
    rf"\b{_ONE}{_THEN}(?:grijpt|greep|pakt|pakte|houdt|hield){_THEN}{_ME}{_THEN}(?:hardhandig vast|keel|nek|strot|polsen|armen|haren)\b|"
    rf"\b{_ONE}{_THEN}(?:grijpt|greep|pakt|pakte){_THEN}(?:me|mij){_THEN}vast\b|"
    rf"\b{_ONE}{_THEN}(?:trekt|trok){_THEN}(?:aan )?{_ME}{_THEN}?(?:haar|haren|arm|armen|trap|grond)\b|"
    rf"\b{_ONE}{_THEN}(?:pakt|pakte|nam|neemt){_THEN}(?:mijn|m'n|mn){_THEN}af\b|"
    rf"\b(?:zijn|haar|z'n|d'r) (?:nagels|tanden|vuist\w*|riem){_THEN}(?:in|op|tegen|om|rond|over) {_ME}\b|"
    # What is left of it.
    r"\b(?:blauwe? (?:plek\w*|oog)|bloed\w*|gebroken \w+|littekens?|hechting\w*|krassen|brandwond\w*)\b[^.!?\n]{0,25}"
    rf"\b(?:van|door) (?:hem|haar|{_LOVED})\b",
    re.IGNORECASE,
)
_HARM_BY_VISITOR = re.compile(
    rf"\bik (?:geef|gaf|heb|verkocht){_THEN}(?:haar|hem|{_LOVED}|(?:mijn|onze) (?:zoon|dochter)\w*){_THEN}{_BLOW}\b", re.IGNORECASE
)
# This one holds a negation itself.
_NOT_ALLOWED = re.compile(
    rf"\b(?:ik (?:mag|mocht)|(?:mag|mocht) ik){_THEN}van (?:hem|haar|{_LOVED}){_THEN}(?:buiten|weg|werken|vrienden|vriendinnen|familie)\b",
    re.IGNORECASE,
)
# Said of words and feelings, of tenderness, of games; and by mistake.
_SAYING = re.compile(
    r"\b(?:slaat|sloeg) (?:me |mij |mijn \w+ )?(?:\w+ ){0,2}?(?:over|dicht|af|uit het lood|met stomheid)\b|\bmet stomheid\b|\b(?:duw\w*) (?:me|mij) (?:\w+ )?(?:weg|van zich af|af)\b|"
    r"\bduw\w* (?:zijn|haar) zin\b|\bop (?:mijn|m'n) (?:hart|ziel|tenen|teen|staart|zenuwen)\b|\b(?:bijt|beet) (?:me|mij) (?:iets )?toe\b|\bmijn kop eraf\b|"
    r"\bklap (?:in (?:mijn|m'n|het) gezicht|van de molen)\b|\b(?:sluit|sloot) (?:\w+ )?(?:me|mij) (?:buiten|uit)\b|\bgebroken (?:hart|belofte\w*|vertrouwen|van|door)\b|"
    r"\barm(?:en)? om\b|\b(?:in )?(?:mijn|m'n|mn) (?:hand|knie|mouw) vast\b|\bin (?:mijn|m'n|mn) (?:hand|knie)\b|\bsleur\w* (?:me|mij) (?:overal|mee|naar)\b|"
    r"\bgedwongen (?:tot|mee|om)\b|\bdwingt (?:me|mij) (?:tot nadenken|nergens)\b|\bbuitengesloten (?:uit|van)\b|\bper ongeluk\b|\bstoei\w*|\b(?:boks\w*|judo\w*|voetbal\w*|"
    r"dansles|scrabble|dammen|knuffels?|kus)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.!?;,\n]+|\b(?:maar|want|omdat|terwijl)\b", re.IGNORECASE)
_NO_DEED = re.compile(
    r"\b(?:niet|nie|ni|nooit|geen|niks|niets|niemand|zonder|alsof|bijna|droom\w*|gedroomd|film|serie|boek)\b", re.IGNORECASE
)


def tells_deed(text: str) -> bool:
    """Whether a deed is told, in a clause of the message without a negation.

    >>> tells_deed("ze krabde mn gezicht open vorige week"), tells_deed("hij leest mijn berichten niet meer"), tells_deed("niemand doet me pijn")
    (True, False, False)
    """
    return tells_harm(text) or _in_a_clause(_HARM_BY_VISITOR, text)


def tells_harm(text: str) -> bool:
    """Whether it is one that was done to the visitor."""
    return bool(_NOT_ALLOWED.search(text)) or _in_a_clause(_HARM_OF_VISITOR, text)


def _in_a_clause(deed: re.Pattern[str], text: str) -> bool:
    return any(deed.search(clause) and not (_NO_DEED.search(clause) or _SAYING.search(clause)) for clause in _CLAUSE.split(text))
