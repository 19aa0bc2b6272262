"""What a document asks for outside itself, or would start, is named in the refusal; honest documents are taken."""

import io

import pytest

from app.core.errors import Refused
from app.files.checks import file_types
from tests.files.reaching import HONEST, HOSTILE


@pytest.mark.parametrize(("name", "data", "said"), HOSTILE)
def test_it_is_refused_with_a_sentence_that_names_it(name, data, said):
    with pytest.raises(Refused) as refusal:
        file_types.recognise(name, io.BytesIO(data))
    assert said in str(refusal.value)


@pytest.mark.parametrize(("name", "data"), HONEST)
def test_honest_documents_are_taken(name, data):
    assert file_types.recognise(name, io.BytesIO(data)).endings


def test_what_unpacks_beyond_its_allowance_is_refused_though_nothing_in_it_is_wrong(monkeypatch):
    monkeypatch.setattr(file_types.office_parts, "_MOST_ELEMENTS", 100)
    with pytest.raises(Refused, match="quá nhiều nội dung"):
        file_types.recognise(*HONEST[0][:1], io.BytesIO(HONEST[0][1]))
