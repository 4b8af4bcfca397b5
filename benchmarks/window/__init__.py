"""Parts of the measurement of the window."""
