"""The line-by-line front end, for screen readers, pipes, dumb terminals and tests: all that the TUI does."""
