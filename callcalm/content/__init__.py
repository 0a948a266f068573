"""Content: scenarios, playbooks and the registry of moves, from TOML files to core types.

What must not be here: reading bytes and places (`intake`), and what words mean (`coach`).
"""
