"""Accounts: who somebody is, how they sign in, and the sessions that can be ended."""
