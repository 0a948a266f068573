"""A round as it is lived: from the desk one sits down at, through every step, to the save. Both front ends use it.

`desk` is light, for home; `round` brings the engine. Every change is saved before the method that made it returns.
What must not be here: anything that is shown.
"""
