"""Short questions the window asks in between: stop, close, what waits, and the locked screen."""
