// What somebody asks of `points keys`, read from its arguments. Flags that are none of its own are settings,
// and are left to those who read settings.
import Configuration
import LedgerStore

/// What is wrong with the arguments.
struct KeysMistake: Error {
  let sentence: String
}

struct KeysRequest {
  enum Action {
    case create(service: String, role: Role, lifetime: Duration?)
    case list
    case revoke(ServiceRegistry.Selection)
    case rotate(ServiceRegistry.Selection, grace: Duration, lifetime: Duration?)
  }

  let action: Action
  /// Arguments for the settings.
  let settings: [String]

  init(_ arguments: [String]) throws(KeysMistake) {
    let given = try KeysArguments(Array(arguments.dropFirst()))
    settings = given.settings
    switch arguments.first {
    case "create":
      try given.allow(["--service", "--role", "--expires"])
      try given.allowNoKey()
      action = .create(
        service: try given.text("--service"), role: try given.role(),
        lifetime: try given.duration("--expires"))
    case "list":
      try given.allow([])
      try given.allowNoKey()
      action = .list
    case "revoke":
      try given.allow(["--service"])
      action = .revoke(try given.selection())
    case "rotate":
      try given.allow(["--service", "--grace", "--expires"])
      action = .rotate(
        try given.selection(), grace: try given.duration("--grace") ?? .zero,
        lifetime: try given.duration("--expires"))
    case let other:
      let told = other.map { "\($0) is no action" } ?? "an action is missing"
      throw KeysMistake(sentence: "\(told): create, list, revoke or rotate")
    }
  }
}

/// The arguments behind the action.
private struct KeysArguments {
  private static let flags = ["--service", "--role", "--expires", "--grace"]

  private var values: [String: String] = [:]
  private var keyID: String?
  private(set) var settings: [String] = []

  init(_ arguments: [String]) throws(KeysMistake) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map { String($0) } ?? argument
      if Self.flags.contains(name) {
        guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst(), !value.isEmpty else {
          throw KeysMistake(sentence: "\(name) needs a value")
        }
        guard values.updateValue(value, forKey: name) == nil else {
          throw KeysMistake(sentence: "\(name) is given twice")
        }
      } else if argument.hasPrefix("-") {
        settings.append(argument)
        if parts.count == 1, let value = rest.first, !value.hasPrefix("-") {
          settings.append(value)
          rest.removeFirst()
        }
      } else {
        guard keyID == nil else { throw KeysMistake(sentence: "\(argument) is one argument too many") }
        keyID = argument
      }
    }
  }

  func allow(_ names: [String]) throws(KeysMistake) {
    if let name = values.keys.sorted().first(where: { !names.contains($0) }) {
      throw KeysMistake(sentence: "\(name) does not belong here")
    }
  }

  func allowNoKey() throws(KeysMistake) {
    if let keyID { throw KeysMistake(sentence: "\(keyID) does not belong here") }
  }

  func text(_ name: String) throws(KeysMistake) -> String {
    guard let value = values[name] else { throw KeysMistake(sentence: "\(name) is missing") }
    return value
  }

  func role() throws(KeysMistake) -> Role {
    guard let role = Role(rawValue: try text("--role")) else {
      throw KeysMistake(
        sentence: "--role must be one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return role
  }

  func duration(_ name: String) throws(KeysMistake) -> Duration? {
    guard let text = values[name] else { return nil }
    guard let duration = Duration(text: text) else {
      throw KeysMistake(sentence: "\(name) must be a duration such as 24h or 30m")
    }
    return duration
  }

  func selection() throws(KeysMistake) -> ServiceRegistry.Selection {
    switch (keyID, values["--service"]) {
    case (let id?, nil): return .key(id: id)
    case (nil, let name?): return .service(name: name)
    case _: throw KeysMistake(sentence: "give either the id of a key or --service with the name of a service")
    }
  }
}
