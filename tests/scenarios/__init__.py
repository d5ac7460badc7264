"""What each part of the portal adds to the filled world of `tests/scenario.py`."""
