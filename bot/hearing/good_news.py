"""Whether somebody tells that it went well: 'het is opgelost', 'ze heeft me vergeven', 'het gesprek ging goed'. Then nothing is asked about pain or guilt."""

from __future__ import annotations

import re

from bot.hearing.clauses import CONDITIONS, Clause, clauses, listed, negated
from bot.hearing.deeds import is_deed
from bot.hearing.roles import was_wounded

_THEY = r"(?:hij|ie|zij|ze|(?:mijn|mn|mijne) (?:man|vrouw|vriendin|vriend|partner|lief))"
_VERY = r"(?:(?:echt|heel|zo|super|toch|nu|weer|gelukkig|eindelijk|juist|net|ook|gewoon|eigenlijk|helemaal|al|allemaal|samen|erg|hartstikke|best|goed|heel erg) )*"
_ENDS = r"(?: (?:nu|weer|hoor|gelukkig|samen|allemaal|eindelijk|tussen ons|met ons|gegaan|gisteren|vandaag|vanavond|vanmorgen|vanochtend|dank je|dankjewel))*"
_GOOD = re.compile(
    rf"(?:ja )?(?:(?:het|alles|dat|da|de ruzie) is|tis|is) {_VERY}(?:opgelost|goedgekomen|uitgepraat|bijgelegd|goedgemaakt|gelukt|weer (?:goed|oke|ok|in orde|koek en ei)){_ENDS}"
    rf"|(?:we|wij) (?:hebben|hadden) (?:het|dat|alles|de ruzie) {_VERY}(?:gisteren |vandaag |vanavond |dit weekend )?(?:opgelost|uitgepraat|uitgesproken|bijgelegd|goedgemaakt){_ENDS}"
    rf"|(?:we|wij) (?:hebben|hadden) {_VERY}(?:een )?(?:heel |zo n |erg )?(?:goed|mooi|fijn|eerlijk) gesprek(?: gehad)?{_ENDS}"
    rf"|(?:we|wij) zijn (?:nu |gelukkig |eindelijk )*(?:weer|terug) {_VERY}(?:samen|goed|bij elkaar|gelukkig|vrienden){_ENDS}"
    rf"|{_THEY} (?:heeft|had) (?:me|mij|het me|het mij) {_VERY}vergeven{_ENDS}"
    rf"|(?:het gesprek|ons gesprek|de sorry|mijn sorry|mijn excuses) (?:ging|liep|verliep|viel) {_VERY}(?:goed|prima|mooi|vlot|mee)(?: mee)?{_ENDS}"
    rf"|(?:het|dat|da) (?:ging|liep) (?:juist|net) {_VERY}(?:goed|prima){_ENDS}"
    rf"|{_THEY} (?:was|is) {_VERY}(?:blij|ontroerd|dankbaar|opgelucht) (?:met (?:mijn|mn) (?:sorry|excuses|brief|briefje|kaartje|bloemen|woorden)|ermee|daarmee){_ENDS}"
    rf"|{_THEY} (?:nam|neemt) (?:het|dat|mijn sorry|mijn excuses) {_VERY}(?:goed op|aan)|{_THEY} heeft (?:het|mijn sorry|mijn excuses) {_VERY}(?:goed opgenomen|aanvaard|aangenomen)"
)
# Said of a good day long ago as well: good news only where nothing else was asked.
_AS_NEWS = re.compile(
    rf"(?:ja )?(?:het|dat|da) (?:ging|liep|viel|is) {_VERY}(?:goed|prima|mee)(?: gegaan| gelopen| mee| meegevallen)?{_ENDS}"
    rf"|{_THEY} (?:was|is) {_VERY}(?:blij|ontroerd|dankbaar|opgelucht){_ENDS}"
)
# 'Maar', 'alleen', 'toch nog': it went well in part. 'Volgens hem is het opgelost': for another it did.
_NOT_QUITE = listed(
    "maar alleen behalve toch nog denkt vindt zegt zei doet alsof volgens zogezegd vroeger eerst tot bijna wil wou zou hoop hoe waarom hopelijk misschien ander andere"
)
LONGEST = 25


def tells_good_news(text: str, *, answers: bool) -> bool:
    """Whether a message tells that it went well between the two, and nothing beside that is sad, wrong, or still to be wished for.

    `answers`: a question of a topic stands open; then 'het ging goed' may be about another day.
    """
    found = clauses(text)
    if len(text.split()) > LONGEST or "?" in text or any(_spoils(clause) for clause in found):
        return False
    pieces = [piece for clause in found for piece in clause.text.split(" en ")]
    return any(_GOOD.fullmatch(piece) or (not answers and _AS_NEWS.fullmatch(piece)) for piece in pieces)


def _spoils(clause: Clause) -> bool:
    return (
        negated(clause)
        or clause.words[0] in CONDITIONS
        or not _NOT_QUITE.isdisjoint(clause.words)
        or is_deed(clause)
        or was_wounded(clause.text)
    )
