"""The engines that are measured: each a program that loads a form, takes answers and tells times and values."""
