"""Rules that two applications share the compiled part of."""

from flask import Flask
from werkzeug.routing import IntegerConverter

from tests.addresses import KnownRule


class Hex(IntegerConverter):
    """A number written to the base of sixteen."""

    def to_url(self, value: int) -> str:
        return f"{value:x}"


def address(converter: type[IntegerConverter]) -> str:
    """What an application of its own makes of /n/255, with this way to write numbers."""
    app = Flask("two")
    app.url_map.converters["number"] = converter
    app.add_url_rule("/n/<number:n>", endpoint="n")
    assert type(next(iter(app.url_map.iter_rules()))) is KnownRule
    with app.test_request_context():
        return app.url_for("n", n=255, more="a b")


def test_each_application_writes_addresses_with_its_own_converters():
    assert address(IntegerConverter) == "/n/255?more=a+b"
    assert address(Hex) == "/n/ff?more=a+b"
