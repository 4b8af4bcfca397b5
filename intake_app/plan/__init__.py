"""The printed plan: what it says (document), how it looks (pdf), and the setting of every script (typeset)."""
