"""gzip for text that is made anew; what is stored compressed comes with its encoding already."""

import gzip

from flask import Flask, Response, request

SMALLEST = 860  # bytes; below it fits one packet anyway
LEVEL = 4
TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def install(app: Flask) -> None:
    """Compress answers for readers that take it."""

    @app.after_request
    def pack(response: Response) -> Response:
        if response.direct_passthrough or "Content-Encoding" in response.headers:
            return response
        if not (response.mimetype or "").startswith(TEXT) or response.status_code == 304:
            return response
        response.vary.add("Accept-Encoding")
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        data = response.get_data()
        if len(data) >= SMALLEST:
            response.set_data(gzip.compress(data, LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response
