"""`python -m wfh_desktop.cli` is `wfhctl`."""

import sys

from wfh_desktop.cli import main

sys.exit(main())
