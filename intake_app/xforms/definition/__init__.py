"""A form as it was written: parsed once, never changed afterwards."""
