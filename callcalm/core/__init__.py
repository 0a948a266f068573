"""Ground floor: the types and rules of a call. Pure: no I/O, no clock, no global random, no front end."""
