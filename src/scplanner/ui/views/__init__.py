"""The event views, a folder each. Views do not know each other; the window knows them through `protocol`."""
