"""The small controls the sections are made of. They know nothing of events."""
