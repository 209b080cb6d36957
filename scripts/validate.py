"""Rasa's own check of domain, data, stories and rules. The intents that are heard in a conversation only need no messages."""

from __future__ import annotations

import sys

import rasa.validator
from rasa.__main__ import main

from bot.hearing.short_answers import IN_CONTEXT


class Validator(rasa.validator.Validator):  # type: ignore[misc]
    """Rasa's, for a project with intents that no message teaches."""

    def _non_default_intents(self) -> list[str]:
        return [intent for intent in super()._non_default_intents() if intent not in IN_CONTEXT]


if __name__ == "__main__":
    rasa.validator.Validator = Validator
    sys.argv = ["rasa", "data", "validate", *sys.argv[1:]]
    main()
