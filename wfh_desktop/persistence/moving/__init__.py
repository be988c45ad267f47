"""Moving a whole database between a file of one user and a shared server, and back.

The source is only read. The target counts as a database only when every table in it has the same
number of rows and the same SHA-256 as in the source; until then nobody can enter it, and what was
interrupted goes on where it stopped.
"""

from wfh_desktop.domain.moves import Report, TableCount
from wfh_desktop.persistence.moving.comparing import compare
from wfh_desktop.persistence.moving.copying import (
    move,
    open_source,
    open_target,
    require_two_engines,
)
from wfh_desktop.persistence.moving.exporting import export
from wfh_desktop.persistence.moving.local import FileSource, FileTarget
from wfh_desktop.persistence.moving.server import ServerSource, ServerTarget
from wfh_desktop.persistence.moving.sides import Source, Step, Target

__all__ = [
    "FileSource",
    "FileTarget",
    "Report",
    "ServerSource",
    "ServerTarget",
    "Source",
    "Step",
    "TableCount",
    "Target",
    "compare",
    "export",
    "move",
    "open_source",
    "open_target",
    "require_two_engines",
]
