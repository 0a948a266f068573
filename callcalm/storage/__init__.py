"""Saves, settings and where they live. No round that was confirmed is ever lost, and nothing unknown is dropped.

Front ends use `store.Store`, `settings` and `folders`; nothing here knows what a scenario file or a phrase is.

Small records are named tuples: dataclasses take ten times as long to load, and every command waits for these.
"""
