"""Trying, checking and publishing what therapists change, and taking it back."""
