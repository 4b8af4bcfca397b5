"""The window: everything that knows Qt. Pages, controls for questions, base widgets and the theme."""
