"""What a proof tells a writer: the survey and its map, the review book, what changed between two versions.

What must not be here: proving anything (core.explore), and judging it (lint).
"""
