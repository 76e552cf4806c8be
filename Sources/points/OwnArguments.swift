// The arguments of a command told apart: flags of its own, a word that is no flag, and the rest, which are
// settings.

struct OwnArguments {
  struct Mistake: Error {
    let sentence: String
  }

  private(set) var values: [String: String] = [:]
  private(set) var switches: Set<String> = []
  private(set) var words: [String] = []
  private(set) var settings: [String] = []

  init(_ arguments: [String], flags: Set<String>, switches known: Set<String>) throws(Mistake) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let name = String(argument.prefix { $0 != "=" })
      if !argument.hasPrefix("--") {
        words.append(argument)
      } else if known.contains(argument) {
        switches.insert(argument)
      } else if flags.contains(name) {
        guard let value = Self.value(of: argument, name, &rest) else {
          throw Mistake(sentence: "\(name) needs a value")
        }
        guard values.updateValue(value, forKey: name) == nil else {
          throw Mistake(sentence: "\(name) is given twice")
        }
      } else {
        settings.append(argument)
        // As the settings are read: what follows a flag and is none itself is its value.
        if name == argument, let value = rest.first, !value.hasPrefix("--") {
          settings.append(value)
          rest.removeFirst()
        }
      }
    }
  }

  private static func value(
    of argument: String, _ name: String, _ rest: inout ArraySlice<String>
  ) -> String? {
    if name != argument { return String(argument.dropFirst(name.count + 1)) }
    guard let next = rest.first, !next.hasPrefix("--") else { return nil }
    rest.removeFirst()
    return next
  }

  /// A whole number in these bounds, or nothing if it was not given.
  func number<Value: FixedWidthInteger>(
    _ name: String, in bounds: ClosedRange<Value>
  ) throws(Mistake) -> Value? {
    guard let text = values[name] else { return nil }
    guard let number = Value(text), bounds.contains(number) else {
      throw Mistake(
        sentence: "\(name) must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return number
  }
}
