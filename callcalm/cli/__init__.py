"""The command line: one file a command; a front end is imported only inside the command that needs it."""
