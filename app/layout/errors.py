"""Every error as a Vietnamese page (or a notice for htmx) with the reference number that stands in the log."""

import errno
import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, Unauthorized

from app.accounts import page_owner, sent_again
from app.core import clock, database
from app.core.change import request_id, written
from app.core.errors import Refused, StorageFull
from app.extensions import db
from app.organisation import settings
from app.web.echo import typed
from app.web.front_door import FULL, TURNED_AWAY
from app.web.page_addresses import page_of
from app.web.rendering import wants_fragment
from app.web.responses import go

_log = logging.getLogger("bdg.errors")
PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 500, 503, 507})


def init_app(app: Flask) -> None:
    """Answer refusals, HTTP errors and faults of `app` in the product's own words."""
    app.register_error_handler(Refused, refusal)
    app.register_error_handler(CSRFError, _old_page)
    app.register_error_handler(page_owner.Another, _another)
    app.register_error_handler(Unauthorized, _signed_out)
    app.register_error_handler(MethodNotAllowed, _takes_forms_only)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_trouble)
    app.register_error_handler(OSError, _system_trouble)
    app.register_error_handler(Exception, _fault)


def refusal(error: Refused) -> Response:
    """A refusal with its sentence; the page keeps what was typed, htmx gets a notice."""
    _log.info("refused: %s", error, extra={"status": error.status, "path": request.path})
    if _stands():
        return _written(error.status)
    if wants_fragment():
        return notice(str(error), error.status)
    return page(error.status, sentence=str(error), typed=typed(request.form))


def notice(sentence: str, status: int) -> Response:
    """The notice that htmx puts into the live region of the page."""
    told = {"tone": "returned", "icon": "triangle-alert", "text": sentence, "undo": None}
    response = make_response(render_template("layout/_notice.html", notice=told), status)
    response.headers.update({"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"})
    return response


def page(status: int, *, sentence: str = "", typed: Any = ()) -> Response:
    """The error page of `status`: what happened, what was kept, what to do, and the reference number."""
    known = status if status in PAGES else 500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400
    context = {"sentence": sentence, "typed": typed, "reference": request_id.get(), "now": clock.now()}
    if request.environ.get(TURNED_AWAY):  # nobody has been asked for yet: the database is left alone
        with settings.remembered():
            return make_response(render_template(f"layout/errors/{known}.html", **context), status)
    return make_response(render_template(f"layout/errors/{known}.html", **context), status)


def _stands() -> bool:
    """Whether the deed of this request is in the database, so that whatever failed came after it."""
    return written.get() and request.method not in ("GET", "HEAD")


def _written(status: int) -> Response:
    """The answer to a deed that stands, where only its page could not be made."""
    if wants_fragment():
        return notice(
            _("Thao tác đã ghi, nhưng chưa hiện được trang trả lời. Hãy tải lại trang; không gửi lại."), status
        )
    context = {"sentence": "", "typed": (), "reference": request_id.get(), "now": clock.now(), "status": status}
    return make_response(render_template("layout/errors/written.html", **context), status)


def _old_page(_error: CSRFError) -> Response:
    if request.endpoint == page_owner.SIGNS_IN:
        return sent_again.sign_in_page(400, error=_("Trang đăng nhập đã mở quá lâu. Hãy nhập lại mật khẩu."))
    sentence = _("Trang này đã mở quá lâu hoặc phiên làm việc đã đổi. Hãy tải lại trang rồi thực hiện lại.")
    if wants_fragment():
        return notice(sentence, 400)
    kept = page_owner.sent()
    if kept is not None and current_user.is_authenticated and kept.person_id == current_user.id:
        return sent_again.again(kept, _("Trang vừa gửi mở từ một phiên làm việc trước của tài khoản này."), 400)
    return page(400, sentence=sentence, typed=typed(request.form))


def _another(another: page_owner.Another) -> Response:
    _log.info("another person's page", extra={"status": 403, "path": request.path})
    response = sent_again.signed_out(sent_again.another_words(another), 403)
    response.headers[page_owner.OTHERS] = "1"
    return response


def _signed_out(error: Unauthorized) -> Response:
    _log.info("signed out", extra={"status": error.code, "path": request.path})
    return sent_again.signed_out(sent_again.signed_out_words(), 401)


def _takes_forms_only(error: MethodNotAllowed) -> Any:
    """Who opens an address that only takes forms goes on to the page with the form."""
    there = page_of(request.path) if request.method in ("GET", "HEAD") else None
    return go(there) if there and there != request.path else _http_error(error)


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    _log.info("http error", extra={"status": error.code, "path": request.path})
    if _stands():
        return _written(error.code)
    if wants_fragment():
        return notice(words(error.code), error.code)
    response = page(error.code)
    for name, value in error.get_headers(request.environ):
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _database_trouble(error: OperationalError) -> Response:
    db.session.rollback()
    _log.error("database", exc_info=error, extra={"path": request.path})
    if _stands():
        return _written(HTTPStatus.SERVICE_UNAVAILABLE)
    sentence = str(database.BUSY)
    response = notice(sentence, 503) if wants_fragment() else page(503, sentence=sentence, typed=typed(request.form))
    response.headers["Retry-After"] = "30"
    return response


def _system_trouble(error: OSError) -> Response:
    """A disk that is full while a form is still coming in is the store's trouble, not a fault of the program."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return _fault(error)
    _log.error("disk full", exc_info=error, extra={"path": request.path})
    return refusal(StorageFull(FULL))


def _fault(error: Exception) -> Response:
    _log.exception("fault", exc_info=error, extra={"path": request.path, "status": 500})
    if _stands():
        return _written(HTTPStatus.INTERNAL_SERVER_ERROR)
    return notice(words(500), 500) if wants_fragment() else page(500)


def words(status: int) -> str:
    """The short sentence of a status, for notices."""
    sentences = {
        405: _("Địa chỉ này không nhận cách gọi như vậy; chưa có gì được ghi."),
        403: _("Không có quyền thực hiện thao tác này."),
        404: _("Không tìm thấy nội dung này."),
        413: _("Nội dung gửi lên vượt quá dung lượng cho phép; chưa có gì được ghi."),
        503: str(database.BUSY),
        500: _("Hệ thống gặp lỗi, thao tác chưa được ghi. Mã tra cứu: %(ref)s.", ref=request_id.get()),
    }
    return sentences.get(status, _("Yêu cầu không hợp lệ; chưa có gì được ghi."))
