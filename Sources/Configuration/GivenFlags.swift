// The command line of `serve`: `--flag value` or `--flag=value`, and nothing but flags, so whatever follows a
// flag and is no flag itself is its value. A bare switch means on.

struct GivenFlags {
  private(set) var values: [String: String] = [:]
  private(set) var withoutValue: Set<String> = []
  private(set) var errors: [ConfigurationError] = []

  init(_ arguments: [String]) {
    let known = Self.knownFlags
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else {
        errors.append(.unexpectedArgument)
        continue
      }
      let (flag, value) = Self.split(argument, followedBy: &rest)
      if let setting = known[flag] {
        add(flag, value ?? setting.valueOfBareFlag, expecting: setting.allowed)
      } else {
        errors.append(.unknownFlag(flag, nearest: nearestName(to: flag, among: known.keys.sorted())))
      }
    }
  }

  private mutating func add(_ flag: String, _ value: String?, expecting allowed: String) {
    guard let value else {
      withoutValue.insert(flag)
      errors.append(.flagWithoutValue(flag, allowed: allowed))
      return
    }
    if values.updateValue(value, forKey: flag) != nil { errors.append(.repeatedFlag(flag)) }
  }

  /// An unknown flag takes its value along too: it is no mistake of its own, and it may be a secret.
  private static func split(
    _ argument: String, followedBy rest: inout ArraySlice<String>
  ) -> (flag: String, value: String?) {
    if let equals = argument.firstIndex(of: "=") {
      return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
    }
    guard let next = rest.first, !next.hasPrefix("--") else { return (argument, nil) }
    rest.removeFirst()
    return (argument, next)
  }

  private typealias Expectation = (valueOfBareFlag: String?, allowed: String)

  private static var knownFlags: [String: Expectation] {
    var known: [String: Expectation] = [:]
    for setting in ConfigurationTable.settings {
      known[setting.flag] = (setting.valueOfBareFlag, setting.allowed)
      if let fileFlag = setting.fileFlag { known[fileFlag] = (nil, "the path of a file") }
    }
    return known
  }
}
