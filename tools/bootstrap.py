"""The gate that every make target passes. Written so that an older Python can still read it and say so."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Tongxin needs Python 3.11 or newer; this one is %d.%d (%s)."
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

try:
    import ensurepip  # noqa: F401 (a venv gets its pip from there)
    import venv  # noqa: F401
except ImportError:
    sys.exit("This Python has no venv module; on Debian and Ubuntu: apt-get install python3-venv.")

from tools.installation import main

if __name__ == "__main__":
    main(sys.argv[1:])
