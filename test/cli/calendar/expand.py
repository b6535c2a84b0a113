# Debian's python3-icalendar, as a second opinion: [uid, start, end] of every occurrence in the file on standard input.
import json
import sys
from datetime import timezone

import icalendar
import pytz
from dateutil.rrule import rrulestr


def instant(local, zone):
    at = zone.localize(local) if zone else local.replace(tzinfo=timezone.utc)
    return at.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def occurrences(event):
    start, end = event['DTSTART'].dt, event['DTEND'].dt
    name = event['DTSTART'].params.get('TZID')
    zone = pytz.timezone(name) if name else None
    local, length = start.replace(tzinfo=None), end.replace(tzinfo=None) - start.replace(tzinfo=None)
    if 'RRULE' not in event:
        return [[instant(local, zone), instant(local + length, zone)]]
    until = event['RRULE']['UNTIL'][0].astimezone(zone or timezone.utc).replace(tzinfo=None)
    rule = {key: value for key, value in event['RRULE'].items() if key != 'UNTIL'}
    weekly = rrulestr(icalendar.vRecur(rule).to_ical().decode(), dtstart=local)
    starts = weekly.between(local, until, inc=True)
    return [[instant(at, zone), instant(at + length, zone)] for at in starts]


calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
events = [(str(event['UID']), str(event['SUMMARY']), event) for event in calendar.walk('VEVENT')]
print(json.dumps([[uid, title, *times] for uid, title, event in events for times in occurrences(event)]))
