"""What `dev.py` does, one module per subject; standard library only, except where a module says otherwise."""
