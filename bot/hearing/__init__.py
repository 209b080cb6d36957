"""Hearing what a visitor says: the feeling, the wound, and their own clause turned round, for wordings that reflect it.

Nothing is generated: a wording of `domain.yml` may hold `{feeling}`, `{wound}` or `{mirror}`, and is said only when it can be filled.
"""

from bot.hearing.filling import fillable, for_interpolation, placeholders
from bot.hearing.heard import Heard, heard
from bot.hearing.learned import prepare

__all__ = ["Heard", "fillable", "for_interpolation", "heard", "placeholders", "prepare"]
