"""Real letters and e-mails: which words are the writer's own, what the coach sees in them, what is let pass.

Below the command line, beside insight. What must not be here: output, and anything about calls that are played.
"""
