"""The window: everything that knows Qt. Pages, controls for questions, base widgets and the theme."""

from intake_app.ui.steady_none import keep_none

keep_none()
