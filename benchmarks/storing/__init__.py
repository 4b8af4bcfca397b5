"""The parts of the measurement of the store: a laptop full of talks, and the same in plain SQLite."""
