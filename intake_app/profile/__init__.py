"""From a filled instance to a profile, read through concept tags and host names, never through question names."""
