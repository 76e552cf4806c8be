"""What the document says in words and JSON Schema cannot: bounds in bytes, and instants that lie near the present."""

import datetime
import itertools
import json
import os

import schemathesis
from hypothesis import strategies as st

CONTROLS = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]]


def bounded(longest, allowed=()):
    """Texts that are short enough however many bytes each character takes."""
    refused = [character for character in CONTROLS if character not in allowed]
    alphabet = st.characters(codec="utf-8", exclude_characters=refused, exclude_categories=["Cs"])
    return st.text(alphabet, min_size=1, max_size=min(longest // 4, 200))


for size in (64, 128, 256):
    schemathesis.openapi.format(f"line-{size}", bounded(size))
for size in (512, 1024, 2048, 4096):
    schemathesis.openapi.format(f"text-{size}", bounded(size, "\t\n"))


def spelt(value, name=None):
    """As callers spell it: whole numbers without decimals, which JSON Schema takes for the same, and instants that may
    be posted."""
    if isinstance(value, dict):
        return {key: spelt(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [spelt(inner) for inner in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    if name == "keepUntil" and isinstance(value, str):
        return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).isoformat()
    if name == "occurredAt" and isinstance(value, str):
        return datetime.datetime.now(datetime.timezone.utc).isoformat()
    if name == "rulesAt" and isinstance(value, str):
        return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)).isoformat()
    return value


def balance(query):
    """What cannot be asked together is not."""
    if query.get("pointType") == "*":
        return {name: query[name] for name in query if name not in ("at", "minVersion", "include")}
    if "at" in query:
        return {name: query[name] for name in query if name not in ("minVersion", "include")}
    return query


def neighbours(query):
    """Either a user or a score."""
    if "userId" in query:
        return {name: query[name] for name in query if name != "score"}
    return {"score": 0, **query}


def changes(query):
    """Of ranks before there are a hundred at most, and shares have two decimals."""
    query = dict(query)
    if str(query.get("change", "")).lower() == "true":
        for name in ("limit", "count"):
            if str(query.get(name, "")).isdecimal():
                query[name] = min(int(query[name]), 100)
    try:
        query["topPercent"] = f"{max(0.01, float(query['topPercent'])):.2f}"
    except (KeyError, TypeError, ValueError):
        pass
    return query


def explanation(query):
    """A cursor is only right when it was given for the same question, and an instant when it is over."""
    past = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {name: past if name == "since" else query[name] for name in query if name != "cursor"}


def history(query):
    """A cursor is only right when it was given for the same question, and a page is shorter than a table may be."""
    query = {name: query[name] for name in query if name != "cursor"}
    limit = str(query.get("limit", ""))
    if limit.isdecimal() and query.get("format") != "csv":
        query["limit"] = min(int(limit), 1000)
    return query


def first_page(query):
    """A cursor is only right when it was given for the same question."""
    return {name: query[name] for name in query if name != "cursor"}


def of_its_type(asked):
    """A board that somebody defined is of one point type: another one beside it is a contradiction."""
    if isinstance(asked, dict) and asked.get("board") not in (None, "balance", "earned"):
        return {name: asked[name] for name in asked if name != "pointType"}
    return asked


def of_one_type(asked):
    """A board of a category is of one point type, too."""
    return {name: asked[name] for name in asked if name != "pointType"} if asked.get("category") else asked


def ending(query):
    """A stream without an end would be waited for."""
    return {**query, "events": 1}


QUERIES = {
    "getBalance": balance,
    "getLeaderboard": changes,
    "getRank": changes,
    "getNeighbours": lambda query: changes(neighbours(query)),
    "explainScore": explanation,
    "getHistory": history,
    "getRankHistory": first_page,
    "listAudit": first_page,
    "listSnapshots": first_page,
    "listRewardRules": of_one_type,
    "listRewardTerms": of_one_type,
    "removeRewardTerms": of_one_type,
    "getSnapshotEntries": first_page,
    "compareSnapshots": first_page,
    "listSnapshotRevisions": first_page,
    "listDistributions": first_page,
    "getDistributionLines": first_page,
    "streamLeaderboard": lambda query: ending(changes(query)),
    "streamRank": ending,
    "streamNeighbours": lambda query: ending(neighbours(query)),
}


def bounds(body):
    """The lower one first; a single one could cross another that is there already."""
    low, high = body.get("minAmount"), body.get("maxAmount")
    if isinstance(low, int) and isinstance(high, int):
        return {**body, "minAmount": min(low, high), "maxAmount": max(low, high)}
    return {**body, "minAmount": low, "maxAmount": high} if "minAmount" in body or "maxAmount" in body else body


def hundredths(percent, least, most):
    """Two decimals at most."""
    return round(min(max(percent, least), most), 2)


def rule(body, isNew):
    """Either ranks or a share, either one amount or a list in which each type is once, and nothing that ends before it
    begins. Each field alone would depend on what the rule says already."""
    body = of_one_type({name: value for name, value in body.items() if value is not None or name == "name"})
    isOfShares = "topPercent" in body or "abovePercent" in body
    if isOfShares:
        top = hundredths(body.get("topPercent", 100), 0.01, 100)
        above = hundredths(body.get("abovePercent", 0), 0, 99.99)
        body.update(topPercent=top, abovePercent=above if above < top else 0)
        body = {name: value for name, value in body.items() if name not in ("minRank", "maxRank")}
    elif isNew or "minRank" in body or "maxRank" in body:
        ends = sorted([body.get("minRank", 1), body.get("maxRank", 1_000_000_000)])
        body.update(minRank=ends[0], maxRank=ends[1])
    if "rewards" in body:
        body = {name: value for name, value in body.items() if name not in ("rewardAmount", "rewardPointType")}
        body["rewards"] = body["rewards"][:1]
    elif isNew or "rewardAmount" in body or "rewardPointType" in body:
        body = {"rewardAmount": 5, "rewardPointType": "points", **body}
    return body


def terms(body):
    """Each type once, and only a board is paid unasked."""
    body = of_one_type({name: value for name, value in body.items() if value is not None})
    if "budgets" in body:
        body["budgets"] = body["budgets"][:1]
    return body if "board" in body or "category" in body else {**body, "automatic": False}


def payout(body):
    """Whoever only looks expects nothing."""
    return {name: body[name] for name in body if name != "hash"} if body.get("preview") else body


def revision(body):
    """Each user once: the first who is named anywhere."""
    named = set()

    def is_new(user):
        return isinstance(user, str) and not (user in named or named.add(user))

    disqualified = [user for user in body.get("disqualify") or [] if is_new(user)]
    scores = [one for one in body.get("scores") or [] if isinstance(one, dict) and is_new(one.get("userId"))]
    return {**body, "disqualify": disqualified or (None if scores else ["mallory"]), "scores": scores or None}


class World:
    """What the script has made: snapshots and payouts that chance would never name. What can be decided once is named
    once; in between, and when none is left, chance has its way."""

    def __init__(self):
        with open(os.environ["POINTS_WORLD"], encoding="utf-8") as file:
            made = json.load(file)
        self.paid, self.transaction = made["paid"], made["transaction"]
        self.to_pay, self.to_revise = made["to_pay"], made["to_revise"]
        waiting = list(zip(made["waiting"][::2], made["waiting"][1::2]))
        self.to_approve, self.to_reject = waiting[::2], waiting[1::2]
        self.calls = itertools.count()

    def name_in(self, case, operation):
        """Puts what is there into a right request."""
        if next(self.calls) % 2:
            return
        path, body = case.path_parameters, case.body
        if operation == "planDistribution" and self.to_pay:
            isPreview = body.get("preview")
            case.body = {"snapshotId": self.to_pay[0] if isPreview else self.to_pay.pop(0), "preview": bool(isPreview)}
        elif operation == "reviseSnapshot" and self.to_revise:
            path["id"] = self.to_revise.pop(0)
            case.body = {**body, "disqualify": ["ada"], "scores": [{"userId": "bob", "score": 7}]}
        elif operation == "approveDistribution" and self.to_approve:
            path["id"], body["hash"] = self.to_approve.pop(0)
        elif operation == "rejectDistribution" and self.to_reject:
            path["id"], _ = self.to_reject.pop(0)
        elif operation in ("retryDistribution", "getDistribution", "getDistributionLines"):
            path["id"] = self.paid
        elif operation == "getRewardReason":
            path["id"] = self.transaction


world = World()
numbers = itertools.count()


@schemathesis.hook
def map_case(context, case):
    """Only right requests are helped: what is wrong has to stay wrong."""
    name = case.operation.definition.raw.get("operationId")
    # The type and one user that all others depend on stay as they are.
    if name in ("changeType", "deleteType") and case.path_parameters.get("nameOrId") == "points":
        case.path_parameters["nameOrId"] = "crystals"
    if name == "putUser" and case.path_parameters.get("userId") == "ada" and isinstance(case.body, dict):
        case.body["enabled"] = True
    # Nor may what is wrong in some other way be waited for without an end.
    if name.startswith("stream") and "events" not in (case.query or {}):
        case.query = ending(case.query or {})
    generation = case.meta.generation if case.meta else None
    if generation is None or not generation.mode.is_positive:
        return case
    # A link guessed from a list of users hands on the whole list.
    for parameter, value in dict(case.query or {}).items():
        if isinstance(value, list) and value:
            case.query[parameter] = value[0]
    if str((case.path_parameters or {}).get("userId", "")).startswith(("[", "%5B")):
        case.path_parameters["userId"] = "ada"
    case.body = spelt(case.body)
    if name in ("createType", "changeType"):
        case.body = bounds(case.body)
    if name in ("createRewardRule", "changeRewardRule") and isinstance(case.body, dict):
        case.body = rule(case.body, name == "createRewardRule")
    if name == "setRewardTerms" and isinstance(case.body, dict):
        case.body = terms(case.body)
    if name == "planDistribution" and isinstance(case.body, dict):
        case.body = payout(case.body)
    if name == "reviseSnapshot" and isinstance(case.body, dict):
        case.body = revision(case.body)
    if name in ("takeSnapshot", "createSnapshotSchedule") and isinstance(case.body, dict):
        case.body = of_one_type(case.body)
    world.name_in(case, name)
    if name in QUERIES:
        case.query = QUERIES[name](dict(case.query))
    if case.query:
        case.query = of_its_type(dict(case.query))
    case.body = of_its_type(case.body)
    # Some keys come again, but most do not, or everything would be a repetition.
    number = next(numbers)
    if case.headers and "Idempotency-Key" in case.headers and number % 4:
        case.headers["Idempotency-Key"] = f"{case.headers['Idempotency-Key'][:200]}-{number}"
    return case
