"""The XPath of ODK XForms: read, checked, and compiled to closures."""
