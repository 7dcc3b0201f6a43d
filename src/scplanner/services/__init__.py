"""Use cases in plain Python, called by the window and the command line alike."""
