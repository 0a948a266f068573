"""What screens are made of. State goes down as attributes, messages come up; no widget knows the app."""
