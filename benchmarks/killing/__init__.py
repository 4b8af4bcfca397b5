"""The parts of the kill harness: scenes of work, the cut of the power, and what must still stand afterwards."""
