"""gzip for text that is made anew; what is stored compressed comes with its encoding already."""

import gzip

from flask import Flask, Response, request

SMALLEST = 860  # bytes; below it fits one packet anyway
LEVEL = 4
TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def takes_gzip() -> bool:
    """Whether this reader can unpack gzip."""
    said: str = request.environ.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in said and (";q=0" not in said or request.accept_encodings["gzip"] > 0)


def install(app: Flask) -> None:
    """Compress answers for readers that take it."""

    @app.after_request
    def pack(response: Response) -> Response:
        if "Content-Encoding" in response.headers or response.is_streamed:
            return response
        if not (response.mimetype or "").startswith(TEXT) or response.status_code == 304:
            return response
        response.vary.add("Accept-Encoding")
        if len(response.get_data()) >= SMALLEST and takes_gzip():
            response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response
