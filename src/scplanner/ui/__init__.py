"""The window. With main the only user of Qt; calls services and never the adapters below them."""
