"""The words of the command line: what Python's and click's own parsers say, in Vietnamese.

Standard library only: `run.py` reads this before anything is installed.
"""

from types import ModuleType
from typing import Any

_WORDS = {
    # argparse
    "usage: ": "cách dùng: ",
    "options": "tham số",
    "positional arguments": "giá trị",
    "show this help message and exit": "in hướng dẫn này",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "cần một giá trị",
    "expected at most one argument": "chỉ nhận một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "ignored explicit argument %r": "không nhận giá trị %r",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r không đúng",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có %(value)r (chọn trong: %(choices)s)",
    "not allowed with argument %s": "không dùng cùng %s",
    "one of the arguments %s is required": "cần một trong các tham số %s",
    "the following arguments are required: %s": "thiếu %s",
    "unrecognized arguments: %s": "không có tham số %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s có thể là %(matches)s: viết đủ",
    # click
    "Usage:": "Cách dùng:",
    "Options": "Tham số",
    "Positional arguments": "Giá trị",
    "Commands": "Các lệnh",
    "Show this message and exit.": "In hướng dẫn này.",
    "Aborted!": "Đã dừng, chưa làm gì.",
    "Error: {message}": "{message}",
    "Error: {e.message}": "{e.message}",
    "Try '{command} {option}' for help.": "Xem hướng dẫn: {command} {option}",
    "Missing command.": "Thiếu lệnh.",
    "Missing argument": "Thiếu giá trị",
    "Missing option": "Thiếu tham số",
    "Missing parameter": "Thiếu tham số",
    "Missing {param_type}": "Thiếu {param_type}",
    "Missing parameter: {param_name}": "Thiếu tham số {param_name}",
    "No such option {name!r}.": "Không có tham số {name!r}.",
    "No such option: {name}": "Không có tham số {name}.",
    "No such command {name!r}.": "Không có lệnh {name!r}.",
    "Did you mean {possibility}?": "Có phải ý là {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Có phải ý là một trong: {possibilities}?)",
    "Invalid value: {message}": "Giá trị không đúng: {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}: {message}",
    "Option {name!r} does not take a value.": "Tham số {name!r} không nhận giá trị.",
    "Option {name!r} requires an argument.": "Tham số {name!r} cần một giá trị.",
    "Got unexpected extra argument ({args})": "Thừa giá trị ({args})",
    "Got unexpected extra arguments ({args})": "Thừa các giá trị ({args})",
    "Takes {nargs} values but 1 was given.": "Cần {nargs} giá trị.",
    "Argument {name!r} takes {nargs} values.": "{name!r} cần {nargs} giá trị.",
    "Choose from:\n\t{choices}": "chọn trong: {choices}",
    "{value!r} is not {choice}.": "không có {value!r}; chỉ có {choice}.",
    "{value!r} is not one of {choices}.": "không có {value!r}; chọn trong: {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} không phải là số.",
    "file": "tệp",
    "directory": "thư mục",
    "path": "đường dẫn",
    "{name} {filename!r} does not exist.": "không có {name} {filename!r}.",
    "{name} {filename!r} is a file.": "{filename!r} là một tệp.",
    "{name} {filename!r} is a directory.": "{filename!r} là một thư mục.",
    "{name} {filename!r} is not readable.": "không đọc được {name} {filename!r}.",
    "{name} {filename!r} is not writable.": "không ghi được {name} {filename!r}.",
    "Could not open file {filename!r}: {message}": "Không mở được tệp {filename!r}: {message}",
    "unknown error": "không rõ vì sao",
    "Error: The value you entered was invalid.": "Giá trị vừa nhập không đúng.",
    "env var: {var}": "biến môi trường: {var}",
    "default: {default}": "mặc định: {default}",
    "(dynamic)": "(tùy lúc)",
    "required": "bắt buộc",
}  # fmt: skip


def speak(*modules: ModuleType) -> None:
    """Let these parsers of the command line (argparse, click's) say what they say in Vietnamese, in this process."""
    for module in modules:
        for name, word in (("_", _one), ("ngettext", _several)):
            if hasattr(module, name):
                setattr(module, name, word)


def _one(text: str) -> str:
    return _WORDS.get(text, text)


def _several(one: str, many: str, number: Any) -> str:
    text = one if number == 1 else many
    return _WORDS.get(text, text)
