"""A form being filled in: the live tree, its data types and the lists beside it."""
