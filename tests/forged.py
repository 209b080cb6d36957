"""Signed values with another signature."""


def other_signature(signed: str) -> str:
    """`signed` with one character of its signature changed: not the last, whose low bits base64 leaves unread."""
    at = len(signed) - 8
    return signed[:at] + ("A" if signed[at] != "A" else "B") + signed[at + 1 :]
