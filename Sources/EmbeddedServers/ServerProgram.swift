// What one server needs to be run: the differences between Postgres and Redis as data.

struct ServerProgram: Sendable {
  /// As a person calls it, in errors.
  let name: String
  /// As the kernel knows its processes.
  let processName: String
  let program: String
  let arguments: [String]
  /// Its data, which is also its working directory: so its processes can be told from those of other servers.
  let dataDirectory: String
  let log: String
  let account: UnprivilegedAccount?
  /// Sent by the kernel when we die.
  let deathSignal: String
  /// What asks it to stop, the gentlest first. SIGKILL comes after the last by itself.
  let stopSignals: [Int32]
  /// Clears what a crash left behind that would keep it from
  /// starting; called when no process works on the data.
  let clearRemains: @Sendable () -> Void
  /// Whether the server with this process id takes requests now.
  let isReady: @Sendable (Int) -> Bool
}
