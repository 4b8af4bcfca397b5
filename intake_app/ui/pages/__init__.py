"""The pages of the window, each one subject; the main window decides which is in sight."""
