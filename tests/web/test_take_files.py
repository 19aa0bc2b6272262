"""A view says itself that it takes files; every other address takes no more than a form."""

from flask import Flask

from app.web.front_door import takes_files, upload_limit

TAKE_FILES = {
    "evidence.add", "inspections.add_file", "inspections.conclude", "inspections.conclude_round",
    "inspections.documents", "inspections.write_report", "plans.read_in", "results.keep",
}  # fmt: skip


def test_these_addresses_take_files_and_no_other(app):
    assert {endpoint for endpoint in app.view_functions if upload_limit(app, endpoint)} == TAKE_FILES


def test_a_view_keeps_its_limit_in_each_application_that_has_it():
    @takes_files(lambda: 7)
    def send():
        return ""

    one, other = Flask("one"), Flask("other")
    one.post("/a")(send)
    other.post("/b", endpoint="b")(send)
    assert upload_limit(one, "send")() == upload_limit(other, "b")() == 7
    assert upload_limit(one, "b") is None
    assert upload_limit(one, None) is None
