"""The baseline of a page view: the smallest Flask application, under waitress as it comes.

`python -m bench.hello THREADS` serves it on a free port of 127.0.0.1 until SIGTERM.
"""

import socket
import sys

import waitress
from flask import Flask


def application() -> Flask:
    """One route that answers a few bytes."""
    app = Flask(__name__)

    @app.get("/")
    def hello() -> str:
        return "hello"

    return app


def main() -> None:
    """Serve, and print the address as `wiki serve` does."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = waitress.create_server(
        application(), sockets=[listener], threads=int(sys.argv[1]), ident=""
    )
    print(f"hello answers on http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    server.run()


if __name__ == "__main__":
    main()
