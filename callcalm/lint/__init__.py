"""What is wrong or weak in a writer's files: every problem at once, each with its place and a stable code.

`files.gather` says which files a command line means, `linting.Linter` looks at each. What must not be here: how a
finding is written out (report), and what a file may hold at all (intake, content).
"""
