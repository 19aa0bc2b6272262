"""Extension objects, nothing else."""

from enum import Enum
from typing import TYPE_CHECKING, Any

from flask_babel import Babel
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


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model  # the class flask-sqlalchemy makes at run time
login = LoginManager()
htmx = HTMX()
babel = Babel()
csrf = CSRFProtect()
compress = Compress()
