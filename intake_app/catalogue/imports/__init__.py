"""Official lists that the user has downloaded: reading them, and keeping what they hold."""
