"""An answered upload is there after any crash: the server is killed again and again while files come in."""

import os
from collections import Counter

from .kill_uploads import run

UPLOADS = int(os.environ.get("BDG_TEST_KILL_UPLOADS", "200"))  # a longer series than the usual one, by hand
SEED = int(os.environ.get("BDG_TEST_KILL_SEED", "1"))


def test_every_acknowledged_upload_outlives_the_killing_of_the_server(tmp_path):
    found = run(tmp_path, uploads=UPLOADS, seed=SEED)
    assert found.kills > UPLOADS // 20
    assert found.broken > 0  # uploads were under way when it died
    assert len(found.acknowledged) == UPLOADS
    stored = Counter(sha256 for _id, _key, sha256 in found.rows)
    assert [stored[sha256] for sha256 in found.acknowledged] == [1] * UPLOADS
    assert (found.damaged, found.downloaded_wrong) == ([], [])
    assert (found.doubled, found.miscounted) == (0, 0)  # sent again after a cut, a file joins its own document
    assert len(found.left) + found.halves <= found.broken  # each was on its way when the server died
