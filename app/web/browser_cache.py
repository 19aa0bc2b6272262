"""What a browser may keep of an answer.

Pages of visits, incidents, people and restricted files are kept nowhere: on a shared machine Back must not show them to
the next person. What is kept all the same is asked for anew after signing out (`Vary: Cookie`, `js/carried.js`). A
feature that stands on neither list is kept nowhere until somebody decides.
"""

from flask import Response, g, request

KEPT = frozenset(
    {
        "abbreviations", "board", "deadlines", "drafts", "duty", "evidence", "health", "help", "home", "live", "notes",
        "papers", "plans", "preferences", "profiles", "results", "search", "settings", "summaries", "units",
    }
)  # fmt: skip
KEPT_NOWHERE = frozenset({"account", "accounts", "holders", "incidents", "inspections", "people"})


def keep_nowhere() -> None:
    """Say that the answer in the making shows what may not stay on a machine, whatever its feature is."""
    g.kept_nowhere = True


def is_kept_nowhere() -> bool:
    """Whether the answer to this request may be kept by nobody."""
    return bool(g.get("kept_nowhere")) or request.blueprint not in KEPT


def say(response: Response) -> None:
    """Tell the browser, unless the view has told it already."""
    response.headers.setdefault("Cache-Control", "private, no-store" if is_kept_nowhere() else "private, no-cache")
