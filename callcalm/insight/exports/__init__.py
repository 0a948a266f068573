"""What leaves callcalm on paper or in a file: documents made of plain blocks, and how each form writes them.

`paper` has the blocks; `markdown`, `html` and `plain` write them; `account` is a round as data, `round_paper` the
document of it, `round_json` its JSON; `deck` is cards for Anki. What must not be here: files, the command line.
"""
