"""`python -m callcalm`."""

from callcalm.cli.main import run

run()
