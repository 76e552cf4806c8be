// The key that `points dev` prints. It is made once and kept beside the data, readable by their owner only,
// so that the curl of yesterday works today.
import EventLoop
import LedgerStore
import PostgresClient

enum DevKey {
  private static let service = "dev"

  /// The key of the last run if it still counts, else a new one.
  static func take(
    in directory: String, _ owner: PostgresConnectionOptions, on loop: EventLoop
  ) async throws(AccessError) -> String {
    let path = "\(directory)/key"
    let session = try await connect(owner, on: loop)
    defer { session.close() }
    let registry = ServiceRegistry(on: session)
    if let kept = try? SecretFile.read(path).trimmed, try await isValid(kept, in: registry) { return kept }
    let key = try await registry.create(service: service, role: .admin).key.text
    // Without the file the next run makes another key, which is no loss.
    SecretFile.keep(key, in: path)
    return key
  }

  private static func connect(
    _ owner: PostgresConnectionOptions, on loop: EventLoop
  ) async throws(AccessError) -> PostgresSession {
    do throws(PostgresError) {
      return try await PostgresSession.connect(owner, on: loop)
    } catch {
      throw .database(error)
    }
  }

  /// The data may have been removed since, or the key revoked.
  private static func isValid(_ key: String, in registry: ServiceRegistry) async throws(AccessError) -> Bool {
    try await registry.list().contains { $0.isValid && key.hasPrefix("pts_\($0.id)_") }
  }
}

extension String {
  /// Without what an editor may have put around it.
  var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
