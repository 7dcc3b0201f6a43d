"""`python -m scplanner`."""

import sys

from scplanner.main import main

sys.exit(main())
