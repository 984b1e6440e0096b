"""Search: a copy of the public pages behind one protocol, Whoosh or PostgreSQL."""
