"""The report once more, by other means."""
