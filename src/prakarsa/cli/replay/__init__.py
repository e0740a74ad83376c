"""`prakarsa replay august-2020`: the week that must not happen again, lived through twice on the same data."""
