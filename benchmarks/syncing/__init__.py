"""A bad line between laptops and a receiver, and laptops that are killed at random."""
