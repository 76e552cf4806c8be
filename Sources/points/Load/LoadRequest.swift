// What `points load` is asked to send, from its arguments.
import Glibc
import LoadSender

struct LoadRequest {
  let plan: LoadPlan
  let isJSON: Bool

  static let keyVariable = "POINTS_API_KEY"
  private static let flags: Set<String> = [
    "--send", "--host", "--port", "--version", "--connections", "--streams", "--rate", "--seconds",
    "--warm-up", "--members", "--behind", "--types", "--offsets", "--size", "--path",
  ]

  init(_ arguments: [String], environment: [String: String]) throws(OwnArguments.Mistake) {
    let own = try OwnArguments(arguments, flags: Self.flags, switches: ["--json"])
    if let stranger = own.settings.first ?? own.words.first {
      throw OwnArguments.Mistake(sentence: "\(stranger) is not known; --help lists the flags")
    }
    guard let key = environment[Self.keyVariable], !key.isEmpty else {
      throw OwnArguments.Mistake(sentence: "\(Self.keyVariable) must hold the API key to send with")
    }
    var plan = LoadPlan(
      port: try own.number("--port", in: 1...65_535) ?? 8080, key: key, subject: try Self.subject(own))
    plan.host = own.values["--host"] ?? plan.host
    plan.version = try Self.version(own)
    plan.connections = try own.number("--connections", in: 1...10_000) ?? plan.connections
    plan.streams = try own.number("--streams", in: 1...1_000) ?? plan.streams
    plan.seconds = try own.number("--seconds", in: 1...86_400) ?? plan.seconds
    plan.warmUpSeconds = try own.number("--warm-up", in: 0...3_600) ?? plan.warmUpSeconds
    if let rate = try own.number("--rate", in: 1...10_000_000) {
      plan.pace = .steady(perSecond: Double(rate))
    }
    (self.plan, isJSON) = (plan, own.switches.contains("--json"))
  }

  private static func version(_ own: OwnArguments) throws(OwnArguments.Mistake) -> LoadPlan.Version {
    guard let name = own.values["--version"] else { return .http1 }
    guard let version = LoadPlan.Version(rawValue: name) else {
      throw OwnArguments.Mistake(sentence: "--version wants http1 or http2")
    }
    return version
  }

  private static func subject(_ own: OwnArguments) throws(OwnArguments.Mistake) -> LoadSubject {
    let members = try own.number("--members", in: 1...10_000_000) ?? 10_000
    switch own.values["--send"] ?? "awards" {
    case "awards":
      return .awards(members: members, behind: try own.number("--behind", in: 0...10_000_000) ?? 0)
    case "batches": return .batches(of: try own.number("--size", in: 1...500) ?? 100, members: members)
    case "balances": return .balances(members: members)
    case "ranks": return .ranks(members: members)
    case "pages":
      return .pages(
        types: try own.number("--types", in: 1...1_000),
        offsets: try own.number("--offsets", in: 1...10_000_000) ?? 1)
    case "path":
      guard let path = own.values["--path"], path.hasPrefix("/") else {
        throw OwnArguments.Mistake(sentence: "--send path needs a --path that begins with a slash")
      }
      return .path(path)
    case let unknown:
      throw OwnArguments.Mistake(
        sentence: "\(unknown) cannot be sent: awards, batches, balances, ranks, pages or path")
    }
  }
}
