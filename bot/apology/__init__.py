"""Reviewing an apology before it is given."""

from bot.apology.review import ApologyReview, Fault, review_apology

__all__ = ["ApologyReview", "Fault", "review_apology"]
