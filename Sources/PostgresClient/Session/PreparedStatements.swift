// Which statements this session's server knows. A statement is prepared in the same flush as its first use,
// so "sent, but not yet confirmed" is a state of its own: uses behind it may already rely on it.

/// The prepared statements of one session.
struct PreparedStatements {
  enum State {
    /// The server does not know it. May become `sent`.
    case absent
    /// On its way; whoever comes behind it in the pipeline
    /// may use it. May become `ready` or, refused, `absent`.
    case sent
    /// Confirmed. Becomes `absent` when the server has lost or outdated it.
    case ready
  }

  private struct Entry {
    var state = State.absent
    /// How often it was prepared anew: part of its name, because the old name stays taken.
    var generation = 0
    /// The current name, when it is not the first one.
    var name: [CChar]?
  }

  private var entries: [Entry] = []

  func state(of index: Int) -> State {
    index < entries.count ? entries[index].state : .absent
  }

  func generation(of index: Int) -> Int {
    index < entries.count ? entries[index].generation : 0
  }

  func name(of sql: PostgresSQL) -> [CChar] {
    sql.index < entries.count ? entries[sql.index].name ?? sql.preparedName : sql.preparedName
  }

  mutating func sent(_ index: Int) {
    while entries.count <= index { entries.append(Entry()) }
    entries[index].state = .sent
  }

  mutating func confirmed(_ index: Int) {
    if entries[index].state == .sent { entries[index].state = .ready }
  }

  mutating func refused(_ index: Int) {
    entries[index].state = .absent
  }

  /// Takes a new name for the statement. Many callers may meet the same outdated plan at once: only the first
  /// who saw that generation changes anything.
  mutating func forget(_ sql: PostgresSQL, generation: Int) {
    guard sql.index < entries.count, entries[sql.index].generation == generation else { return }
    entries[sql.index].generation += 1
    entries[sql.index].state = .absent
    entries[sql.index].name = sql.preparedName(generation: generation + 1)
  }
}
