"""A writer's bench: reports of a proof, new files, imports and exports, what changed between two versions.

What must not be here: a front end, and anything a learner's round needs.
"""
