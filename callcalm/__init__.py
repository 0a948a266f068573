"""callcalm: a flight simulator for difficult conversations, in the terminal."""

__version__ = "0.1.0"
