"""The room: one encounter, a projector, and people who decide together; with phones or with hands.

What must not be here: screens (they are in `tui`) and lines (`plain`); both show what is here.
"""
