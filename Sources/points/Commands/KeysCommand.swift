// points keys: the API keys of services. A new key is the only thing on standard output, so that a script can
// take it from there; what a person wants to know beside it goes to standard error.
import API
import Configuration
import EventLoop
import LedgerStore
import PostgresClient

enum KeysCommand {
  static let usage = """
    usage: points keys create --service NAME --role reader|service|payouts|admin [--expires DURATION]
           points keys list
           points keys revoke KEY_ID | --service NAME
           points keys rotate KEY_ID | --service NAME [--grace DURATION] [--expires DURATION]

      create   prints a new key, once; it is stored nowhere
      list     every key: whose it is, when it was made and when it ends
      revoke   ends a key, or all keys of a service; services heed it within two seconds
      rotate   prints a new key of the same service in the place of one, or of all its keys; the old ones
               end at once, or after the grace (such as 24h)

    A KEY_ID is the 16 digits behind pts_. Connects as the owner of the schema: POINTS_MIGRATE_DATABASE_URL,
    or else POINTS_DATABASE_URL; both are also flags.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    let request: KeysRequest
    do throws(KeysMistake) {
      request = try KeysRequest(arguments)
    } catch {
      Terminal.complain("points keys: \(error.sentence)")
      return .usage
    }
    guard let options = OwnerSession.options(request.settings) else { return .usage }
    return OwnerSession.run { loop in await carryOut(request.action, options, on: loop) }
  }

  private static func carryOut(
    _ action: KeysRequest.Action, _ options: PostgresConnectionOptions, on loop: EventLoop
  ) async -> ExitStatus {
    do throws(AccessError) {
      let session = try await connect(options, on: loop)
      defer { session.close() }
      try await perform(action, ServiceRegistry(on: session))
      return .success
    } catch {
      Terminal.complain("points keys: \(error)")
      return .failure
    }
  }

  private static func connect(
    _ options: PostgresConnectionOptions, on loop: EventLoop
  ) async throws(AccessError) -> PostgresSession {
    do throws(PostgresError) {
      return try await PostgresSession.connect(options, on: loop)
    } catch {
      throw .database(error)
    }
  }

  private static func perform(
    _ action: KeysRequest.Action, _ registry: ServiceRegistry
  ) async throws(AccessError) {
    switch action {
    case .create(let service, let role, let lifetime):
      show(try await registry.create(service: service, role: role, lifetime: lifetime))
    case .list:
      for line in KeysTable.lines(of: try await registry.list()) { Terminal.say(line) }
    case .revoke(let selection):
      let revoked = try await registry.revoke(selection)
      Terminal.complain(revoked.isEmpty ? "no key was in use" : "revoked \(revoked.joined(separator: ", "))")
    case .rotate(let selection, let grace, let lifetime):
      let issue = try await registry.rotate(selection, grace: grace, lifetime: lifetime)
      show(issue)
      let end = grace == .zero ? "ended" : "ends in \(grace.text)"
      for id in issue.retired { Terminal.complain("key \(id) \(end)") }
    }
  }

  private static func show(_ issue: ServiceRegistry.Issue) {
    Terminal.complain("key \(issue.key.id) of \(issue.service), role \(issue.role.rawValue); shown only now:")
    Terminal.say(issue.key.text)
  }
}
