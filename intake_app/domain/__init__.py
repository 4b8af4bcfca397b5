"""Plain types and rules of the field: no input, no output, no library of the outer rooms."""
