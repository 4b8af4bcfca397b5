"""Languages, translated texts, dates and numbers, and direction: everything between a code and what a person reads."""
