// The one owner of a `PGconn`. It knows libpq's calls and nothing
// of tasks, deadlines or loops; every call here returns at once.
import CPostgres
import Glibc

/// What the handshake waits for.
enum ConnectionProgress: Sendable, Equatable {
  case wantsToRead
  case wantsToWrite
  case connected
  case failed(reason: String)
}

/// A connection of libpq.
@safe
final class LibpqConnection {
  let connection: OpaquePointer
  private var isFinished = false
  private let noticed: (@Sendable (String) -> Void)?
  private(set) var notices = PostgresNotices()
  /// Used again for every statement: where each value lies, and that all are binary.
  var valuePointers: [UnsafePointer<CChar>?] = unsafe []
  var formats: [Int32] = []

  /// Begins the handshake. Hosts are numeric by now, so nothing is looked up.
  init?(keywords: [PostgresConnectionOptions.Keyword], noticed: (@Sendable (String) -> Void)?) {
    var names = unsafe keywords.map { unsafe strdup($0.name) }
    var values = unsafe keywords.map { unsafe strdup($0.value) }
    defer { unsafe (names + values).forEach { unsafe free($0) } }
    unsafe names.append(nil)
    unsafe values.append(nil)
    let start = unsafe names.withUnsafeBufferPointer { names in
      unsafe values.withUnsafeBufferPointer { values in
        unsafe startConnection(names, values)
      }
    }
    guard let start = unsafe start else { return nil }
    unsafe connection = start
    self.noticed = noticed
    // Unretained: the connection ends before its owner does, in `finish`.
    unsafe PQsetNoticeProcessor(connection, noticeArrived, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    precondition(isFinished, "A connection was dropped without being finished.")
  }

  // MARK: Handshake

  var descriptor: Int32 { unsafe PQsocket(connection) }
  var serverVersion: Int32 { unsafe PQserverVersion(connection) }
  var isBad: Bool { unsafe PQstatus(connection) == CONNECTION_BAD }

  func poll() -> ConnectionProgress {
    switch unsafe PQconnectPoll(connection) {
    case PGRES_POLLING_READING: .wantsToRead
    case PGRES_POLLING_WRITING: .wantsToWrite
    case PGRES_POLLING_OK: .connected
    case _: .failed(reason: message)
    }
  }

  func becomeNonBlocking() -> Bool {
    unsafe PQsetnonblocking(connection, 1) == 0
  }

  func enterPipelineMode() -> Bool {
    unsafe PQenterPipelineMode(connection) == 1
  }

  func exitPipelineMode() -> Bool {
    unsafe PQexitPipelineMode(connection) == 1
  }

  // MARK: Receiving

  /// Reads what has arrived; false when the connection is no more.
  func consumeInput() -> Bool {
    unsafe PQconsumeInput(connection) == 1
  }

  /// Whether the next result is still incomplete. Asking for it would block.
  var isBusy: Bool {
    unsafe PQisBusy(connection) != 0
  }

  func nextResult() -> LibpqResult? {
    unsafe PQgetResult(connection).map { unsafe LibpqResult($0) }
  }

  /// Whether the server is in no transaction, as of its last sync.
  var isOutsideTransaction: Bool {
    unsafe PQtransactionStatus(connection) == PQTRANS_IDLE
  }

  /// libpq's last complaint.
  var message: String {
    guard !isFinished else { return "the session was closed" }
    let text = unsafe String(cString: PQerrorMessage(connection)).firstLine
    return text.isEmpty ? notices.last ?? "the server closed the connection" : text
  }

  fileprivate func notice(_ text: String) {
    notices.count += 1
    notices.last = text.firstLine
    noticed?(text.firstLine)
  }

  // MARK: End

  /// Frees the connection. `PQfinish` says goodbye to the server; a socket shut down before makes sure that
  /// this cannot wait for anything, whatever state the peer is in.
  func finish(saysGoodbye: Bool) {
    guard !isFinished else { return }
    isFinished = true
    if !saysGoodbye, descriptor >= 0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
    unsafe PQfinish(connection)
  }
}

/// What the server remarked without being asked.
package struct PostgresNotices: Sendable {
  package internal(set) var count = 0
  package internal(set) var last: String?
}

private func startConnection(
  _ names: UnsafeBufferPointer<UnsafeMutablePointer<CChar>?>,
  _ values: UnsafeBufferPointer<UnsafeMutablePointer<CChar>?>
) -> OpaquePointer? {
  let names = unsafe names.map { unsafe UnsafePointer($0) }
  let values = unsafe values.map { unsafe UnsafePointer($0) }
  return unsafe PQconnectStartParams(names, values, 0)
}

@c(points_postgres_notice)
private func noticeArrived(_ context: UnsafeMutableRawPointer?, _ message: UnsafePointer<CChar>?) {
  guard let context = unsafe context, let message = unsafe message else { return }
  unsafe Unmanaged<LibpqConnection>.fromOpaque(context).takeUnretainedValue()
    .notice(String(cString: message))
}
