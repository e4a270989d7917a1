"""Holds our calendars against two open ones, session by session, and fails on a difference that nobody has explained.

Usage: compare.py OURS EXPLAINED, where OURS is a folder of VENUE.json as `pitcrew market sessions` prints it.
"""
import collections
import datetime
import json
import pathlib
import re
import sys

import exchange_calendars
import pandas_market_calendars

FIRST = "2015-01-01"

# Venue -> the other calendars of it, each with the last day that it knows.
OTHERS = {
    "XNYS": [("xc", "XNYS", "2027-12-31"), ("mcal", "NYSE", "2027-12-31")],
    "XNAS": [("xc", "XNYS", "2027-12-31"), ("mcal", "NASDAQ", "2027-12-31")],
    "XLON": [("xc", "XLON", "2027-12-31"), ("mcal", "LSE", "2027-12-31")],
    "XETR": [("xc", "XETR", "2027-12-31")],
    "XPAR": [("xc", "XPAR", "2027-12-31")],
    "XSWX": [("xc", "XSWX", "2027-12-31"), ("mcal", "SIX", "2027-12-31")],
    "XTKS": [("xc", "XTKS", "2027-12-31"), ("mcal", "JPX", "2027-12-31")],
    "XHKG": [("xc", "XHKG", "2027-12-31"), ("mcal", "HKEX", "2027-12-31")],
    "XASX": [("xc", "XASX", "2027-12-31"), ("mcal", "ASX", "2027-12-31")],
    "XSES": [("xc", "XSES", "2026-12-31")],
    "XNSE": [("xc", "XBOM", "2026-12-31"), ("mcal", "NSE", "2026-12-31")],
    "XEUR": [("xc", "XEUR", "2027-12-31")],
    "CME-EQUITY": [("mcal", "CME Globex Equity", "2027-12-31")],
    "CME-RATES": [("mcal", "CME Globex Fixed Income", "2027-12-31")],
    "CME-FX": [("mcal", "CMEGlobex_FX", "2027-12-31")],
    "CME-ENERGY": [("mcal", "CMEGlobex_CL", "2027-12-31")],
    "CME-CRYPTO": [("mcal", "CME Globex Crypto", "2026-05-29")],
}

Session = collections.namedtuple("Session", "open close breaks")


def instant(stamp):
    return stamp.tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%SZ")


def breaks_of(row):
    start, end = row.get("break_start"), row.get("break_end")
    if start is None or end is None or start != start or end != end:
        return ()
    return ((instant(start), instant(end)),)


def theirs(library, name, last):
    if library == "xc":
        schedule = exchange_calendars.get_calendar(name, start=FIRST, end=last).schedule
        first, final = "open", "close"
    else:
        schedule = pandas_market_calendars.get_calendar(name).schedule(FIRST, last)
        first, final = "market_open", "market_close"
    return {
        day.date().isoformat(): Session(instant(row[first]), instant(row[final]), breaks_of(row))
        for day, row in schedule.iterrows()
    }


def ours(folder, venue, last):
    report = json.loads((folder / f"{venue}.json").read_text())
    return {
        one["date"]: Session(
            one["open"], one["close"], tuple((b["start"], b["end"]) for b in one["breaks"])
        )
        for one in report["sessions"]
        if one["date"] <= last
    }


def differences(mine, other):
    for day in sorted(mine.keys() | other.keys()):
        if day not in other:
            yield day, "only-ours", f"{mine[day].open} {mine[day].close}"
        elif day not in mine:
            yield day, "only-theirs", f"{other[day].open} {other[day].close}"
        else:
            for what, one, two in zip(Session._fields, mine[day], other[day]):
                if one != two:
                    yield day, what, f"ours {one}, theirs {two}"


def explanations(path):
    """Lines of: VENUE LIBRARY KIND DAYS reason. DAYS is FIRST..LAST or days with commas, with .. for all."""
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            venue, library, kind, days, reason = line.split(None, 4)
            yield re.compile(f"({venue}) ({library}) ({kind})"), days, reason


def covers(days, day):
    if ".." in days:
        first, last = days.split("..")
        return (first or "0") <= day <= (last or "9")
    return day in days.split(",")


def main():
    folder, explained = pathlib.Path(sys.argv[1]), list(explanations(pathlib.Path(sys.argv[2])))
    used, open_ones = collections.Counter(), 0
    for venue, others in OTHERS.items():
        for library, name, last in others:
            mine, other = ours(folder, venue, last), theirs(library, name, last)
            known = 0
            for day, kind, text in differences(mine, other):
                key = f"{venue} {library} {kind}"
                weekday = datetime.date.fromisoformat(day).strftime("%a")
                for index, (pattern, days, _) in enumerate(explained):
                    if pattern.fullmatch(key) and covers(days, day):
                        used[index] += 1
                        known += 1
                        break
                else:
                    open_ones += 1
                    print(f"UNEXPLAINED {key} {day} {weekday}: {text}")
            print(f"{venue:12} against {library} {name}: {len(mine)} sessions, {known} explained differences")
    for index, (pattern, days, reason) in enumerate(explained):
        if not used[index]:
            print(f"NO LONGER NEEDED {pattern.pattern} {days} {reason}")
    print(f"{open_ones} unexplained")
    sys.exit(1 if open_ones else 0)


main()
