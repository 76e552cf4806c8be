// The key the bench calls the service with, made as anybody would make one.
private import EmbeddedServers

struct ServiceKey: Sendable {
  let text: String

  /// Made by `points keys create`, as the owner of the ledger.
  init(
    on stores: Stores, role: String = "service", heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let service = "bench-\(role)"
    let command = [try OwnProgram.path(), "keys", "create", "--service", service, "--role", role]
    let child = try ChildProgram(
      "points keys", command: command,
      environment: ["POINTS_DATABASE_URL": stores.servers.postgres.connectionURL])
    let said = try child.finish(within: .seconds(10), heeding: interruption)
    guard let key = said.split(whereSeparator: \.isNewline).first(where: { $0.hasPrefix("pts_") }) else {
      throw .unreadable(what: "the answer of points keys", text: said)
    }
    text = String(key)
  }
}
