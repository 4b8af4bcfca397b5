"""The walk: which questions stand on which screen, and what is passed over now (DESIGN 8, DOMAIN 2.1)."""
