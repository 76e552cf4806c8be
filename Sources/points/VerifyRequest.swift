// What `points verify` is asked to do, from its arguments.
import Ledger
import Service

struct VerifyRequest {
  var verification = LedgerVerification.Request()
  var isJSON = false
  /// The settings among the arguments.
  var settings: [String] = []

  /// Nil after telling what is wrong.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let (name, given) = Self.split(argument)
      switch name {
      case "--repair": verification.repairs = true
      case "--json": isJSON = true
      case "--type":
        guard let value = given ?? rest.popFirst() else {
          Self.refuse("--type needs a name")
          return nil
        }
        verification.types.append(value)
      case "--user":
        guard let value = given ?? rest.popFirst(), let user = UserID(value) else {
          Self.refuse("--user needs the id of a user")
          return nil
        }
        verification.user = user
      case _: settings.append(argument)
      }
    }
  }

  private static func split(_ argument: String) -> (name: String, value: String?) {
    guard let equals = argument.firstIndex(of: "=") else { return (argument, nil) }
    return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
  }

  private static func refuse(_ sentence: String) {
    Terminal.complain("points verify: \(sentence)")
  }
}
