"""The screens, one module each, their styles in `styles/`.

Nothing is imported here: each screen is loaded when it is first shown.
"""
