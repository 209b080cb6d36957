"""What the coach says and understands: the files that a therapist may change, their versions and drafts."""
