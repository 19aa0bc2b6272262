"""Reads one plan in a process of its own (`app.core.apart`): a hostile file costs that process, never the server.

Standard input: one line of JSON (name, aliases, limit in bytes), then the bytes of the file. Standard output: the
draft, or the sentence of the refusal, as JSON.
"""

import json
import sys

from app.formats.plan_reader import Unreadable, read_plan, to_dict


def main() -> None:
    """Answer what the process was asked on its standard input."""
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        draft = read_plan(
            sys.stdin.buffer.read(), asked["name"], aliases=asked["aliases"], max_bytes=asked["max_bytes"]
        )
        answer = {"draft": to_dict(draft)}
    except Unreadable as error:
        answer = {"sentence": error.sentence, "problem": error.problem.value}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
