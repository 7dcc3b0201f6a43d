"""One module per revision, named by its number. Literal SQL, or Core tables frozen in the module."""
