"""`python -m callcalm`."""

from callcalm.cli import run

run()
