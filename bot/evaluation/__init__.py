"""Measures the coach's understanding on messages that nobody trained on."""
