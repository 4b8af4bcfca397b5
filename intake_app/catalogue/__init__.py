"""Reference data: loading, checking, searching and naming what is to be translated."""
