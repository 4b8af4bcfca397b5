"""Reading aloud in the window: the engines, and the speaker that leads them through what is to be said."""
