"""Use cases, one verb each: what the app does for a counsellor, without screen, database or network of its own."""
