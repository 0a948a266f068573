"""The full-screen front end, and the only place that knows Textual; `callcalm.tui.app.run` is the way in.

Nothing is imported here, so that finding this package costs nothing.
"""
