# Answers questions about dates and time zones with Python's own datetime and zoneinfo, one line for each line
# of the file that is named first, into the file that is named second:
#
#   Z <name>     from here on, this is the zone; answers nothing
#   U <second>   seconds ahead of Universal Time at a second since 1970
#   L <second>   the second since 1970 at which clocks show what they would show at this one in Universal Time:
#                the first of two, or the one of the change that skips it
#   D <days>     the date so many days after 1970-01-01, its weekday and its week by ISO 8601
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1)


def offset_at(second, zone):
    aware = (EPOCH + timedelta(seconds=second)).replace(tzinfo=timezone.utc)
    offset = aware.astimezone(zone).utcoffset()
    return offset.days * 86400 + offset.seconds


def second_of(local, zone):
    wall = (EPOCH + timedelta(seconds=local)).replace(tzinfo=zone)
    before, after = (int(wall.replace(fold=fold).utcoffset().total_seconds()) for fold in (0, 1))
    if before >= after:
        return local - before
    low, high = local - after, local - before
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(middle, zone) == before:
            low = middle
        else:
            high = middle
    return high


def date_after(days):
    day = date(1970, 1, 1) + timedelta(days=days)
    year, week, weekday = day.isocalendar()
    return f"{day.isoformat()} {weekday} {year:04}-W{week:02}"


zone = None
with open(sys.argv[1]) as questions, open(sys.argv[2], "w") as answers:
    for line in questions:
        kind, value = line.split()
        if kind == "Z":
            zone = ZoneInfo(value)
        elif kind == "U":
            print(offset_at(int(value), zone), file=answers)
        elif kind == "L":
            print(second_of(int(value), zone), file=answers)
        elif kind == "D":
            print(date_after(int(value)), file=answers)
        else:
            raise ValueError(line)
