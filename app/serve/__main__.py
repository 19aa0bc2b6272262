"""Starts the product as it is shipped: `python -m app.serve.__main__`."""

import argparse
import gc

from app.core import spoken
from app.serve import allocator


def main(argv: list[str] | None = None) -> None:
    """Read what is asked, and serve until told to stop."""
    asked = _parser().parse_args(argv)
    allocator.keep_little()
    gc.disable()  # nothing made on the way up is garbage, and the search for it took a tenth of the start
    from app.serve.starting import serve

    serve(asked)


def _parser() -> argparse.ArgumentParser:
    spoken.speak(argparse)
    parser = argparse.ArgumentParser(prog="app.serve.__main__", description="Chạy Bảng BĐG.")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe")
    parser.add_argument("--port", type=int, default=8000, help="cổng")
    parser.add_argument("--sample", action="store_true", help="thư mục mới thì tạo dữ liệu giả định")
    parser.add_argument("--no-sample", action="store_true", help="không chạy trên dữ liệu giả định")
    parser.add_argument("--reset-sample", action="store_true", help="làm lại dữ liệu giả định từ đầu")
    parser.add_argument("--allow-sample-on-network", action="store_true", help="cho mở dữ liệu giả định ra mạng")
    return parser


if __name__ == "__main__":
    main()
