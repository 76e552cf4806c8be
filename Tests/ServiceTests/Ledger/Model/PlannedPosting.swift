// A posting as the property test drew it: what is sent, and what the model decides on.
import Foundation

/// An account, by the bytes of the user's id: Swift takes two spellings of one letter for one text.
struct AccountName: Hashable, CustomStringConvertible {
  let user: [UInt8]
  let type: String

  init(_ user: String, _ type: String) {
    self.user = Array(user.utf8)
    self.type = type
  }

  var userID: String { String(decoding: user, as: UTF8.self) }
  var description: String { "\(userID) in \(type)" }
}

struct PlannedLeg {
  var account: AccountName
  var isCredit: Bool
  var amount: Int64
  var kind: String?
  var reason: String?
  var metadata: String?
}

struct PlannedPosting {
  enum Change {
    case award(PlannedLeg)
    case deduct(PlannedLeg)
    case post([PlannedLeg])
    /// Of a transaction, by its id; no amount means all that is left.
    case reverseTransaction(String, amount: Int64?, allowPartial: Bool)
    case reversePosting(String, allowPartial: Bool)
  }

  var change: Change
  /// Whoever posts under one name within one service asks for one thing.
  var name: String?
  /// Which of two services.
  var isOther = false

  var request: RequestName? { name.map { RequestName(name: $0, isOther: isOther) } }

  /// The legs that are new; a reversal has those of its original.
  var legs: [PlannedLeg] {
    switch change {
    case .award(let leg), .deduct(let leg): [leg]
    case .post(let legs): legs
    case .reverseTransaction, .reversePosting: []
    }
  }
}

struct RequestName: Hashable {
  let name: String
  let isOther: Bool
}

extension PlannedPosting {
  /// The fields in which two postings under one name differ, by the names that the API has for them; empty
  /// for one and the same.
  func differences(from other: PlannedPosting) -> Set<String> {
    var names: Set<String> = []
    let (own, others) = (features, other.features)
    for name in Set(own.keys).union(others.keys) where own[name] != others[name] { names.insert(name) }
    return names
  }

  private var features: [String: [String]] {
    var features: [String: [String]] = [:]
    switch change {
    case .award: features["operation"] = ["award"]
    case .deduct: features["operation"] = ["deduct"]
    case .post: features["operation"] = ["post"]
    case .reverseTransaction(let id, let amount, let isPartial):
      features = ["operation": ["reverse"], "transaction": [id], "allowPartial": ["\(isPartial)"]]
      features["amount"] = amount.map { ["\($0)"] }
    case .reversePosting(let id, let isPartial):
      features = ["operation": ["reverse all"], "transaction": [id], "allowPartial": ["\(isPartial)"]]
    }
    features["legs"] = ["\(legs.count)"]
    for (index, leg) in legs.enumerated() {
      features["userId", default: []].append("\(index) \(leg.account.user)")
      features["pointType", default: []].append("\(index) \(leg.account.type)")
      features["type", default: []].append("\(index) \(leg.isCredit)")
      features["amount", default: []].append("\(index) \(leg.amount)")
      features["kind", default: []].append("\(index) \(leg.kind ?? (leg.isCredit ? "award" : "purchase"))")
      if let reason = leg.reason { features["reason", default: []].append("\(index) \(reason)") }
      if let metadata = leg.metadata { features["metadata", default: []].append("\(index) \(metadata)") }
    }
    return features
  }
}

extension PlannedPosting {
  /// The route and the body.
  var wire: (target: String, body: String) {
    switch change {
    case .award(let leg): ("/points/award", leg.json(withType: false))
    case .deduct(let leg): ("/points/deduct", leg.json(withType: false))
    case .post(let legs): ("/points/postings", #"{"legs":[\#(Self.list(legs))]}"#)
    case .reverseTransaction(let id, let amount, let isPartial):
      (
        "/points/transactions/\(id)/reverse",
        #"{\#(amount.map { "\"amount\":\($0)," } ?? "")"allowPartial":\#(isPartial)}"#
      )
    case .reversePosting(let id, let isPartial):
      ("/points/postings/\(id)/reverse", #"{"allowPartial":\#(isPartial)}"#)
    }
  }

  /// As a part of a batch; only what is a group of legs can be one.
  var batchItem: String {
    #"{"idempotencyKey":\#((name ?? "").quoted),"legs":[\#(Self.list(legs))]}"#
  }

  private static func list(_ legs: [PlannedLeg]) -> String {
    legs.map { $0.json(withType: true) }.joined(separator: ",")
  }
}

extension PlannedLeg {
  fileprivate func json(withType: Bool) -> String {
    var members = [#""userId":\#(account.userID.quoted)"#, #""amount":\#(amount)"#]
    if withType { members.append(#""type":"\#(isCredit ? "credit" : "debit")""#) }
    if account.type != "points" { members.append(#""pointType":"\#(account.type)""#) }
    if let kind { members.append(#""kind":"\#(kind)""#) }
    if let reason { members.append(#""reason":\#(reason.quoted)"#) }
    if let metadata { members.append(#""metadata":\#(metadata)"#) }
    return "{\(members.joined(separator: ","))}"
  }
}
