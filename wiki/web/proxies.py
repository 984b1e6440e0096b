"""Trusted proxies: how far what they say of the client is believed."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def install(app: Flask, count: int) -> None:
    """Believe the last `count` proxies; none by default, because anybody can send such headers."""
    if count > 0:
        fixed = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = fixed  # type: ignore[method-assign]  # as Flask's documentation does it
