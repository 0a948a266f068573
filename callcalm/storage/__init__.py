"""Saves, settings and where they live. No round that was confirmed is ever lost, and nothing unknown is dropped.

Front ends use `store.Store`, `settings` and `folders`; nothing here knows what a scenario file or a phrase is.
"""
