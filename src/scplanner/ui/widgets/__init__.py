"""The parts of the window that are not a view, an editor or a dialog."""
