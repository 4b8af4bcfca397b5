"""After how many minutes without a hand on the laptop the screen may be locked."""

LOCK_MINUTES = (2, 5, 10, 15, 30)
USUAL_LOCK_MINUTES = 10
