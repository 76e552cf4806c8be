// Who is let in, and how often the database is asked: with a clock that only the test moves.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@testable import API
@testable import HTTPServer

@Suite struct AuthenticatorTests {
  @Test func `without a key, or with something else, nobody is let in and nobody is asked`() async throws {
    try await withDoor { door in
      let key = APIKey().text
      let cases: [([(String, String)], String)] = [
        ([], "Bearer"),
        ([("Authorization", "Basic \(key)")], invalid),
        ([("Authorization", "Bearer")], invalid),
        ([("Authorization", "Bearer \(key)x")], invalid),
        ([("Authorization", "Bearer pts_1")], invalid),
        ([("Authorization", "Bearer \(key)"), ("authorization", "Bearer \(key)")], invalid),
      ]
      for (fields, challenge) in cases {
        let problem = await door.refusal(of: try .get(fields))
        #expect(problem?.code == .unauthorized, "\(fields)")
        #expect(problem?.field("WWW-Authenticate") == challenge, "\(fields)")
      }
      #expect(door.desk.questions == 0)
    }
  }

  @Test func `a key is asked for once, however many present it at the same time`() async throws {
    try await withDoor { door in
      let key = APIKey()
      door.desk.issue(key)
      door.desk.hold()
      let request = try HTTPRequest.presenting(key)
      let answers = (0..<20).map { _ in door.entering(request) }
      await door.turn()
      door.desk.release()
      for answer in answers { #expect(await answer.value() == "game") }
      #expect(await door.name(of: request) == "game")
      #expect(door.desk.questions == 1)
    }
  }

  @Test func `the scheme's case and blanks behind it are no matter`() async throws {
    try await withDoor { door in
      let key = APIKey()
      door.desk.issue(key)
      for text in ["bearer \(key.text)", "BEARER   \(key.text)"] {
        let request = try HTTPRequest.get([("Authorization", text)])
        #expect(await door.name(of: request) == "game")
      }
    }
  }

  @Test func `a key with the right id and another secret is refused`() async throws {
    try await withDoor { door in
      let key = APIKey()
      door.desk.issue(key)
      var forged = Array(key.text)
      forged[forged.count - 1] = forged[forged.count - 1] == "A" ? "B" : "A"
      let request = try HTTPRequest.get([("Authorization", "Bearer \(String(forged))")])
      #expect(await door.refusal(of: request)?.code == .unauthorized)
      let presented = try HTTPRequest.presenting(key)
      #expect(await door.name(of: presented) == "game")
    }
  }

  @Test func `a revoked key is refused two seconds later at the latest, without anybody waiting`()
    async throws
  {
    try await withDoor { door in
      let key = APIKey()
      door.desk.issue(key)
      let request = try HTTPRequest.presenting(key)
      #expect(await door.name(of: request) == "game")
      door.desk.issue(key, isValid: false)
      await door.advance(by: .milliseconds(999))
      #expect(await door.name(of: request) == "game")
      #expect(door.desk.questions == 1)
      // Still good, but asked for again meanwhile.
      await door.advance(by: .milliseconds(1))
      #expect(await door.name(of: request) == "game")
      await door.turn()
      #expect(await door.refusal(of: request)?.code == .unauthorized)
      #expect(door.desk.questions == 2)
    }
  }

  @Test func `after a pause a key is asked for again before it is believed`() async throws {
    try await withDoor { door in
      let key = APIKey()
      door.desk.issue(key)
      let request = try HTTPRequest.presenting(key)
      #expect(await door.name(of: request) == "game")
      door.desk.issue(key, isValid: false)
      await door.advance(by: .seconds(2))
      #expect(await door.refusal(of: request)?.code == .unauthorized)
    }
  }

  @Test func `while the database fails a key that was good is good for a minute`() async throws {
    try await withDoor { door in
      let key = APIKey()
      door.desk.issue(key)
      let request = try HTTPRequest.presenting(key)
      #expect(await door.name(of: request) == "game")
      door.desk.fail(with: .closed)
      for second in stride(from: 2, through: 58, by: 4) {
        #expect(await door.name(of: request) == "game", "after \(second) s")
        await door.advance(by: .seconds(4))
      }
      await door.advance(by: .seconds(4))
      #expect(await door.refusal(of: request)?.status == .serviceUnavailable)
      let presented = try HTTPRequest.presenting(APIKey())
      #expect(await door.refusal(of: presented)?.status == .serviceUnavailable)
      door.desk.fail(with: nil)
      #expect(await door.name(of: request) == "game")
    }
  }

  @Test func `while the database is silent a good key waits a quarter of a second, and only once`()
    async throws
  {
    try await withDoor { door in
      let key = APIKey()
      door.desk.issue(key)
      let request = try HTTPRequest.presenting(key)
      #expect(await door.name(of: request) == "game")
      door.desk.hold()
      await door.advance(by: .seconds(3))
      let first = door.entering(request)
      await door.turn()
      await door.advance(by: .milliseconds(250))
      #expect(await first.value() == "game")
      // Nobody moves the clock any more, so this one does not wait at all.
      #expect(await door.name(of: request) == "game")
      #expect(door.desk.questions == 2)
      door.desk.release()
      await door.turn()
    }
  }

  @Test func `an unknown key is asked for once a second at most, and unknown keys in all are bounded`()
    async throws
  {
    try await withDoor(strangersEachSecond: 6) { door in
      let unknown = try HTTPRequest.presenting(APIKey())
      for _ in 0..<10 { #expect(await door.refusal(of: unknown)?.code == .unauthorized) }
      #expect(door.desk.questions == 1)
      var overloaded = 0
      for _ in 0..<10 {
        let refusal = await door.refusal(of: try .presenting(APIKey()))
        if refusal?.code == .overloaded, refusal?.field("Retry-After") == "1" { overloaded += 1 }
      }
      #expect(door.desk.questions == 5 && overloaded == 6)
      await door.advance(by: .seconds(1))
      #expect(await door.refusal(of: unknown)?.code == .unauthorized)
      #expect(door.desk.questions == 6)
    }
  }

  @Test func `whoever invents keys locks out nobody who comes from elsewhere`() async throws {
    try await withDoor(strangersEachSecond: 8) { door in
      let key = APIKey()
      door.desk.issue(key)
      for _ in 0..<20 { _ = await door.refusal(of: try .presenting(APIKey())) }
      #expect(door.desk.questions == 6)
      let request = try HTTPRequest.presenting(key)
      #expect(await door.refusal(of: request)?.code == .overloaded)
      #expect(await door.name(of: request, from: PeerAddress(host: "192.0.2.1", isLoopback: false)) == "game")
      #expect(door.desk.questions == 7)
      // Now it is known, from wherever it comes.
      #expect(await door.name(of: request) == "game")
    }
  }

  @Test func `a key of a real database is let in, and refused once it is revoked`() async throws {
    let database = try await LedgerDatabase.make()
    let options = try database.options()
    let owner = try database.ownerOptions()
    let clock = ManualClock()
    try await onNewLoop(clock: .manual(clock)) { loop in
      let session = try await PostgresSession.connect(options, on: loop)
      defer { session.close() }
      let ownSession = try await PostgresSession.connect(owner, on: loop)
      defer { ownSession.close() }
      let registry = ServiceRegistry(on: ownSession)
      let issue = try await registry.create(service: "game", role: .reader)
      let authenticator = Authenticator(on: loop) { id throws(PostgresError) in
        try await session.first(FindKey(id))
      }
      let request = try HTTPRequest.presenting(issue.key)
      let caller = try await authenticator.caller(of: request, from: .near)
      #expect(caller.name == "game" && caller.role == .reader)
      let successor = try await registry.rotate(.key(id: issue.key.id))
      let same = try await authenticator.caller(of: try .presenting(successor.key), from: .near)
      #expect(same.service == caller.service)
      clock.advance(by: .seconds(2))
      await turns(of: loop)
      await #expect(throws: Problem.self) { _ = try await authenticator.caller(of: request, from: .near) }
    }
  }
}

extension PeerAddress {
  fileprivate static let near = PeerAddress(host: "127.0.0.1", isLoopback: true)
}

private let invalid = #"Bearer error="invalid_token""#

/// An authenticator on a loop whose clock the test moves.
private final class Door: @unchecked Sendable {
  let desk = KeyDesk()
  let clock: ManualClock
  private let loop: EventLoop
  private let authenticator: Authenticator

  init(_ loop: EventLoop, clock: ManualClock, strangersEachSecond: Int) {
    self.loop = loop
    self.clock = clock
    let desk = desk
    authenticator = Authenticator(on: loop, strangersEachSecond: strangersEachSecond) {
      id throws(PostgresError) in try await desk.answer(id)
    }
  }

  func name(of request: HTTPRequest, from peer: PeerAddress = .near) async -> String? {
    do throws(Problem) {
      return try await authenticator.caller(of: request, from: peer).name
    } catch {
      return "\(error.code.name)"
    }
  }

  func refusal(of request: HTTPRequest, from peer: PeerAddress = .near) async -> Problem? {
    do throws(Problem) {
      _ = try await authenticator.caller(of: request, from: peer)
      return nil
    } catch {
      return error
    }
  }

  /// Asks in a task of its own.
  func entering(_ request: HTTPRequest) -> OneShot<String?> {
    let answer = OneShot<String?>()
    loop.spawn { [self] in answer.fulfil(await name(of: request)) }
    return answer
  }

  /// Lets everything that is ready run.
  func turn() async {
    await turns(of: loop)
  }

  /// The loop reads its clock once in each turn.
  func advance(by duration: Duration) async {
    clock.advance(by: duration)
    await turn()
  }
}

private func turns(of loop: EventLoop) async {
  for _ in 0..<3 {
    let done = OneShot<Void>()
    loop.post { done.fulfil(()) }
    await done.value()
  }
}

private func withDoor(
  strangersEachSecond: Int = 1000, _ body: @escaping @Sendable (Door) async throws -> Void
) async throws {
  let clock = ManualClock()
  try await onNewLoop(clock: .manual(clock)) { loop in
    try await body(Door(loop, clock: clock, strangersEachSecond: strangersEachSecond))
  }
}
