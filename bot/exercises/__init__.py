"""What a visitor writes in an exercise, judged: a sentence that listens, a need that is concrete, the words of an apology that was received."""
