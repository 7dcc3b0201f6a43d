"""What the commands do, one controller an area; the window only puts them together."""
