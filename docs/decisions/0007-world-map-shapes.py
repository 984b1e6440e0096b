"""Writes wiki/cases/drawing/world.json from public data. Run once, by hand; see the record beside.

    python docs/decisions/0007-world-map-shapes.py ATLAS CLDR ZONES

ATLAS: the unpacked npm package world-atlas 2.0.2 (Natural Earth 4.1, public domain)
CLDR:  the unpacked npm package cldr-core 48.2.0 (Unicode licence v3)
ZONES: zone.tab of the tz database (public domain), part of most systems
"""

import json
import math
import sys
from pathlib import Path

WIDTH = 960.0
EAST = 11.0  # the middle meridian: the map is cut in the Bering Strait, through no land
SOUTH = -57.0  # no land south of it: Antarctica has no country
FINE = 0.9  # square units: a corner that matters less is left out
ISLAND = 2.0  # square units: a smaller piece of land is left out
# Bouvet Island is in neither: 54°26′S 3°24′E, Norwegian Polar Institute.
ALONE = {"BV": (3.4, -54.43)}
OUT = Path(__file__).resolve().parents[2] / "wiki" / "cases" / "drawing" / "world.json"


def equal_earth(longitude, latitude):
    """Šavrič, Patterson & Jenny, "The Equal Earth map projection", IJGIS 33(3), 2019,
    doi:10.1080/13658816.2018.1504949. Degrees to x, y on a globe of radius 1.
    """
    longitude -= EAST
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    slope = 9 * a4 * t2 * t6 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, theta * (a4 * t2 * t6 + a3 * t6 + a2 * t2 + a1)


LEFT = equal_earth(EAST - 180, 0)[0]
SCALE = WIDTH / (-2 * LEFT)
TOP = equal_earth(EAST, 84)[1]


def placed(longitude, latitude):
    """Degrees to units of the map."""
    x, y = equal_earth(longitude, latitude)
    return (x - LEFT) * SCALE, (TOP - y) * SCALE


def rings_of(topology, geometry):
    """The outer rings of a geometry, in degrees, whole across the 180th meridian: a longitude
    may be beyond it.
    """
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(index):
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        return points if index >= 0 else points[::-1]

    polygons = {"Polygon": lambda arcs: [arcs], "MultiPolygon": lambda arcs: arcs}
    for polygon in polygons.get(geometry["type"], lambda arcs: [])(geometry.get("arcs")):
        ring = []
        for index in polygon[0]:
            ring += arc(index)[bool(ring) :]
        yield unrolled(ring)


def unrolled(ring):
    """The ring without leaps around the globe, its mean longitude on the map."""
    turn, before, points = 0, ring[0][0], []
    for longitude, latitude in ring:
        turn += 360 * ((longitude - before < -180) - (longitude - before > 180))
        before = longitude
        points.append((longitude + turn, latitude))
    mean = sum(longitude for longitude, _ in points) / len(points)
    whole = 360 * math.floor((mean - EAST + 180) / 360)
    return [(longitude - whole, latitude) for longitude, latitude in points]


def area_and_middle(points):
    """Area and centre of gravity of a closed ring."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross / 2, x + (x1 + x2) * cross / 6, y + (y1 + y2) * cross / 6
    if abs(area) < 1e-9:
        return 0.0, points[0]
    return abs(area), (x / area, y / area)


def inside(point, ring):
    """Whether the ring goes around the point."""
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def inmost(ring, middle):
    """The centre of gravity, or, where that is outside, the point of a grid that lies deepest."""
    if inside(middle, ring):
        return middle
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    best, deepest = ring[0], -1.0
    for column in range(1, 24):
        for row in range(1, 24):
            point = (
                min(xs) + (max(xs) - min(xs)) * column / 24,
                min(ys) + (max(ys) - min(ys)) * row / 24,
            )
            if inside(point, ring):
                deep = min(math.dist(point, corner) for corner in ring)
                if deep > deepest:
                    best, deepest = point, deep
    return best


def simplified(points):
    """Visvalingam & Whyatt 1993: the corner with the smallest triangle goes first."""
    points = points[:-1]
    while len(points) > 3:
        sizes = [
            abs(
                (points[i - 1][0] - p[0]) * (points[(i + 1) % len(points)][1] - p[1])
                - (points[(i + 1) % len(points)][0] - p[0]) * (points[i - 1][1] - p[1])
            )
            / 2
            for i, p in enumerate(points)
        ]
        least = min(range(len(points)), key=sizes.__getitem__)
        if sizes[least] >= FINE:
            break
        del points[least]
    return points


def written(points):
    """A closed path in whole units, relative."""
    whole = [(round(x), round(y)) for x, y in points]
    whole = [p for i, p in enumerate(whole) if p != whole[i - 1]]
    if len(whole) < 3:
        return ""
    (x, y), said = whole[0], f"M{whole[0][0]} {whole[0][1]}l"
    for to_x, to_y in whole[1:]:
        pair = f"{to_x - x} {to_y - y}".replace(" -", "-")
        said += pair if said[-1] == "l" or pair[0] == "-" else f" {pair}"
        x, y = to_x, to_y
    return said + "z"


def land(atlas):
    """The land of the earth as one path."""
    topology = json.loads((atlas / "land-110m.json").read_text())
    path = ""
    for geometry in topology["objects"]["land"]["geometries"]:
        for ring in rings_of(topology, geometry):
            if max(latitude for _, latitude in ring) < SOUTH:
                continue
            points = [placed(*point) for point in ring]
            if area_and_middle(points)[0] >= ISLAND:
                path += written(simplified(points))
    return path


def countries(atlas, codes, zones, listed):
    """ISO 3166-1 alpha-2 to degrees in the middle of its largest piece of land, or of its first
    place in the list of time zones; and to that piece's area on the map.
    """
    topology = json.loads((atlas / "countries-10m.json").read_text())
    numbers = {code: codes.get(code, {}).get("_numeric", "999") for code in listed}
    alpha = {number: code for code, number in numbers.items() if number < "900"}
    found, areas = {}, {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = alpha.get(geometry.get("id"))
        pieces = [
            (area_and_middle([placed(*point) for point in ring])[0], ring)
            for ring in rings_of(topology, geometry)
        ]
        if code and pieces:
            area, ring = max(pieces, key=lambda piece: piece[0])
            if area > areas.get(code, 0):
                found[code], areas[code] = inmost(ring, area_and_middle(ring)[1]), area
    for line in zones.read_text().splitlines():
        if not line.startswith("#"):
            code, place = line.split("\t")[:2]
            found.setdefault(code, unrolled([degrees(place)])[0])
    return {**ALONE, **found}, areas


def leaves(containment, code):
    """The codes of all countries of a region."""
    inner = containment.get(code, {}).get("_contains", ())
    return set().union(*(leaves(containment, each) for each in inner)) if inner else {code}


def degrees(said):
    """±DDMM[SS]±DDDMM[SS] (ISO 6709) to longitude and latitude."""
    cut = max(said.rfind("+"), said.rfind("-"))
    values = []
    for part, digits in ((said[:cut], 2), (said[cut:], 3)):
        sign, number = (-1 if part[0] == "-" else 1), part[1:]
        rest = number[digits:].ljust(4, "0")
        values.append(sign * (int(number[:digits]) + int(rest[:2]) / 60 + int(rest[2:]) / 3600))
    return values[1], values[0]


def regions(containment, places, areas):
    """UN M49 region to its middle and the radius in which most of its countries lie; and the
    smallest regions to the codes of their countries. Means are taken on the globe, so that the
    cut does not matter.
    """
    found, members = {}, {}
    containment = {code: row for code, row in containment.items() if code != "QO"}  # not of M49
    for code in containment:
        own = sorted(leaves(containment, code) & set(places)) if code.isdigit() else []
        if own and code != "001":
            # roots, or Europe would lie in Siberia
            weights = [math.sqrt(areas.get(each, 0)) + 0.1 for each in own]
            total = sum(weights)
            spots = [on_globe(*places[each]) for each in own]
            sums = [
                sum(spot[axis] * w for spot, w in zip(spots, weights, strict=True))
                for axis in range(3)
            ]
            long = math.hypot(*sums)
            middle = [value / long for value in sums]
            spread = sum(
                w * ((math.dist(spot, middle) * SCALE) ** 2 + areas.get(each, 0) / math.tau)
                for each, spot, w in zip(own, spots, weights, strict=True)
            )
            spot = math.degrees(math.atan2(middle[1], middle[0])), math.asin(middle[2])
            x, y = placed(*unrolled([(spot[0], math.degrees(spot[1]))])[0])
            found[code] = (x, y, min(max(math.sqrt(spread / total), 12), 90))
            if containment[code]["_contains"][0] in places:
                members[code] = own
    return found, members


def on_globe(longitude, latitude):
    """Degrees to a point of the unit sphere."""
    east, north = math.radians(longitude), math.radians(latitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def on_map(place, bottom):
    """Degrees to whole units inside the picture."""
    x, y = placed(*place)
    return [round(x), min(max(round(y), 6), bottom - 6)]


def main():
    atlas, cldr, zones = map(Path, sys.argv[1:])
    supplemental = cldr / "supplemental"
    codes = json.loads((supplemental / "codeMappings.json").read_text())
    containment = json.loads((supplemental / "territoryContainment.json").read_text())
    containment = containment["supplemental"]["territoryContainment"]
    whole = dict(containment)
    for code, row in containment.items():  # groupings (Sub-Saharan Africa, Latin America) too
        base, dash, status = code.partition("-status-")
        if dash and status == "grouping" and base.isdigit():
            merged = [*whole.get(base, {}).get("_contains", []), *row["_contains"]]
            whole[base] = {"_contains": merged}
    codes = codes["supplemental"]["codeMappings"]
    places, areas = countries(atlas, codes, zones, leaves(containment, "001"))
    centres, members = regions(whole, places, areas)
    bottom = round(placed(EAST, SOUTH)[1])
    rounded = {
        "source": "Natural Earth 4.1, Unicode CLDR 48.2, tz database; "
        "docs/decisions/0007-world-map-shapes.md",
        "width": round(WIDTH),
        "height": bottom,
        "land": land(atlas),
        "places": {code: on_map(place, bottom) for code, place in sorted(places.items())},
        "regions": {code: [round(v) for v in row] for code, row in sorted(centres.items())},
        "within": {code: " ".join(own) for code, own in sorted(members.items())},
    }
    OUT.write_text(json.dumps(rounded, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(len(rounded["land"]), "bytes of land,", len(places), "places,", len(centres), "regions")


if __name__ == "__main__":
    main()
