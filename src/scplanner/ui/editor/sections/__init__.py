"""The parts of the inspector, one class a module, each with `set_details` and one signal of changes."""
