"""Writes one workbook in a process of its own, behind everything else that the machine has to do.

Standard input: head, progress and moment, pickled by the server itself. Standard output: one line of JSON (pages),
then the bytes of the file.
"""

import json
import os
import pickle
import sys

from app.documents.progress_workbook.making import progress_workbook

_NICE = 10


def main() -> None:
    """Answer what the process was asked on its standard input."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICE)
    head, progress, made_at = pickle.load(sys.stdin.buffer)
    book = progress_workbook(head, progress, made_at=made_at)
    data = book.to_bytes()
    sys.stdout.buffer.write(json.dumps({"pages": book.pages}).encode() + b"\n" + data)


if __name__ == "__main__":
    main()
