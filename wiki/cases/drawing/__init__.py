"""Drawings made on the server: pure functions from plain facts to SVG or HTML, and to words.

Each drawing has a text equivalent that says all it shows. The words come in as parameters, the
colours from classes (static/css/drawing.css); nothing is measured in a browser.
"""
