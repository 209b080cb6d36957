"""The Rasa action server's actions."""

from bot.logs import log_kinds_only

log_kinds_only()
