"""ODK XForms engine: runs a compiled form without any window; `api` is its public face."""
