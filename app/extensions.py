"""Extension objects, nothing else."""

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import g
from flask_babel import Babel, Domain
from flask_compress import Compress
from flask_htmx import HTMX
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Enum as EnumColumn
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, registry


def _values(kind: type[Enum]) -> list[str]:
    return [member.value for member in kind]


_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_TYPES: dict[Any, Any] = {  # enumerations are stored as their values in plain text columns
    Enum: EnumColumn(Enum, native_enum=False, length=20, values_callable=_values),
}


class Base(DeclarativeBase):
    registry = registry(metadata=MetaData(naming_convention=_NAMES), type_annotation_map=_TYPES)


class Phrases(Domain):  # type: ignore[misc]  # flask_babel is untyped
    """The catalogue of a request's language, looked up once; the library looks for it anew for every word of a page."""

    def get_translations(self) -> Any:
        """Kept where the library forgets it when the language is changed or forced."""
        request = g.get("_flask_babel") if g else None
        if request is None:
            return super().get_translations()
        known = getattr(request, "babel_translations", None)
        if known is None:
            known = request.babel_translations = super().get_translations()
        return known


class Languages(Babel):  # type: ignore[misc]
    """Babel with its catalogue looked up once in a request."""

    @cached_property
    def domain_instance(self) -> Phrases:
        return Phrases(domain=self.domain)


class Protect(CSRFProtect):  # type: ignore[misc]  # flask_wtf is untyped
    """The check of a form's token, without what `app/accounts/page_owner.py` writes behind it."""

    BETWEEN = "~"  # neither the token nor what follows it has this letter

    def _get_csrf_token(self) -> str | None:
        token = super()._get_csrf_token()
        return str(token).partition(self.BETWEEN)[0] if token else None


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model  # the class flask-sqlalchemy makes at run time
login = LoginManager()
htmx = HTMX()
babel = Languages()
csrf = Protect()
compress = Compress()
