"""Measurements of the program against its promises, each beside peers where they are there to be measured."""
