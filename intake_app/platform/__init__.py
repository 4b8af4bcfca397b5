"""What differs by operating system: the lock on a data folder and the system's own viewer."""
