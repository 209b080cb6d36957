"""`make bench`: this coach beside Rasa's default project, and a run under load. Never part of the tests: figures need a quiet machine."""
