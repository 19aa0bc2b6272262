"""Bảng BĐG on this machine: `python3 run.py` installs what is missing and serves; `run.py -h` lists the rest.

This file must be readable by an old Python, so that it can say which version is needed.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Cần Python 3.11 trở lên (máy đang dùng {0}.{1}). Python 3.11 or newer is needed (this is {0}.{1}).".format(
            *sys.version_info[:2]
        )
    )

from tools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
