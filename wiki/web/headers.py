"""Headers of every answer: what browsers may do with it, and who may keep it.

After the Mozilla HTTP Observatory's list and OWASP ASVS 5.0, chapters 3.4 and 14.3.
"""

from flask import Flask, Response, request

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000; includeSubDomains"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


def install(app: Flask, *, https: bool) -> None:
    """Add the headers to every answer, errors included, and refuse methods nobody needs."""
    always = list({**ALWAYS, **({"Strict-Transport-Security": HSTS} if https else {})}.items())

    @app.before_request
    def only_known_methods() -> Response | None:
        if request.method not in METHODS:
            return Response("This method is not used here.", 405, mimetype="text/plain")
        return None

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        for name, value in always:
            headers.add(name, value)
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "private, no-store"
        return response
