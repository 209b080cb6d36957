"""What in the middle of a form is no answer to its question, but something that a rule answers (data/rules/guided.yml and others).

In few words the classifier guesses: '8' looks like a greeting, 'boos' like a goodbye. So a short reading counts only where a word of it is there.
"""

from __future__ import annotations

import re

ALWAYS = frozenset(
    {"ask_privacy", "bot_challenge", "ask_human", "ask_intake", "delete_data", "stop", "greet", "resume", "thank", "goodbye"}
)
# Only where a form has rules for them, too.
SWITCHES = frozenset({"ask_first_step", "start_checkup"})
# In a whole story these readings are mistakes ('ik stop met drinken en dan ga ik naar haar toe').
_ONLY_IN_SHORT = frozenset({"stop", "greet", "resume", "thank", "goodbye"}) | SWITCHES
LONGEST = 8
SURE = 0.8
_WORDS = {
    "greet": r"ha+i?|hoi\w*|hall?o\w*|hello|hey\w*|h[eé]+|hi|dag|goe\w*|mogge\w*|salut|bonjour|sal[ae]+m\w*",
    "goodbye": r"da+g\w*|do+ei\w*|tot|bye\w*|ciao|salu\w*|slaapwel|slapen|truste\w*|wel ?terusten|houdoe|fijne|groet\w*|ga|moet gaan",
    "thank": r"(?:be)?dank\w*|merc\w*|thx|tha?nk\w*|tnx",
    "stop": r"stop\w*|laat maar|laat zitten|genoeg|ophouden|op|kap\w*|niet (?:meer )?(?:verder|door)|geen zin|even niet|liever niet|nu niet|ander\w*|quit",
    "resume": r"waar|verder|gebleven|vorige|laatst|draad",
    "delete_data": r"(?:ge)?wis(?:sen|t)?|verwijder\w*|delete\w*|weg\w*|schrap\w*|vernietig\w*|vergeet|gegevens|data",
}
_NAMED = {intent: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for intent, words in _WORDS.items()}


def interrupts(text: str, intent: str, confidence: float, also: frozenset[str] = frozenset()) -> bool:
    """Whether a message is something that a rule answers. `also`: more intents for which the form has rules; `confidence` is 0 to 1."""
    if intent not in ALWAYS | also:
        return False
    if text.startswith("/"):
        # A button says what it means.
        return True
    if intent in _ONLY_IN_SHORT and len(text.split()) > LONGEST:
        return False
    if intent in _NAMED:
        return bool(_NAMED[intent].search(text))
    return confidence >= SURE
