"""Transparent matching: same answers, same proposals, and every proposal explains itself."""
