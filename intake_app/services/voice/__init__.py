"""Reading aloud: what is said, which recordings there are, and what must stay silent. No sound is made here."""
