"""The words that a short yes, no, greeting, goodbye, thanks, stop, wish to erase or to speak with a person is made of.

In few words the intent classifier guesses: 'morgen' looks like a goodbye, 'alles' like a wish to erase, 'al jaren' like a yes.
"""

from __future__ import annotations

import re

_WORDS = {
    "affirm": r"ja+|jawel|jep|jo+|yes|yep|klopt|inderdaad|zeker|absoluut|tuurlijk|natuurlijk|uiteraard|precies|juist|exact|ok\w*|goed|prima|graag|eens|waar|akkoord|wel|doe|helaas|correct|"
    r"snap\w*|begrijp\w*|zo is|denk het|ik wil|moet",
    "deny": r"ne+e+n?|nah|nope|no|niet|nie|ni|nooit|geen|niks|niets|nergens|niemand|liever|mwa+h?|weinig|zonder|laat maar|evenmin",
    "greet": r"ha+i?|hoi\w*|hall?o\w*|hello|hey\w*|h[eé]+|hi|dag|goe\w*|mogge\w*|salut|bonjour|sal[ae]+m\w*",
    "goodbye": r"da+g\w*|do+ei\w*|tot|bye\w*|ciao|salu\w*|slaapwel|slapen|truste\w*|wel ?terusten|houdoe|fijne|groet\w*|ga (?:nu|maar|eens|slapen|ervandoor)|moet gaan",
    "thank": r"(?:be)?dank\w*|merc\w*|thx|tha?nk\w*|tnx",
    "stop": r"stop\w*|laat maar|laat zitten|genoeg|ophouden|(?:er ?)?mee op|hou\w* (?:er )?(?:maar )?op|kap\w*|niet (?:meer )?(?:verder|door)|geen zin|even niet|liever niet|nu niet|iets anders|ander onderwerp|quit",
    "resume": r"waar|verder|gebleven|vorige|laatst|draad",
    "ask_human": r"mens\w*|iemand|persoon|pra+t\w*|spreken|spreek|gesprek\w*|bel\w*|contact\w*|therap\w*|psych\w*|hulp\w*|coach\w*|begeleid\w*|medewerker|echte?|live|praktijk",
    "delete_data": r"(?:ge)?wis(?:sen|t)?|verwijder\w*|delete\w*|weg\w*|schrap\w*|vernietig\w*|vergeet|gegevens|data",
}
_NAMED = {intent: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for intent, words in _WORDS.items()}


def names_itself(text: str, intent: str) -> bool | None:
    """Whether a word of the intent stands in the text; None for an intent that has no words of its own."""
    return bool(_NAMED[intent].search(text)) if intent in _NAMED else None
