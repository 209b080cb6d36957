"""The check-up of the relationship (relatie-APK): reading marks, what they say together, the picture, and what is kept."""
