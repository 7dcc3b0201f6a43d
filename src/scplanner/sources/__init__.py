"""Where bytes come from and go to: files, feeds, servers, the bundled catalogue. The only network code."""
