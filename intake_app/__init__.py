"""Offline-first multilingual intake for the LLO-portaal Onbenut Talent."""
