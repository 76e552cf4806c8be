// How much of what was looked at lately had drifted. The last samples are kept in two halves, of which the
// older is forgotten when the newer is full: so the ratio is always that of one to two halves.

package struct DriftWindow: Sendable, Equatable {
  /// Samples that count, at most.
  package static let length: Int64 = 10_000
  /// Of fewer samples no ratio alarms anybody.
  private static let least: Int64 = 100
  private static let alarmingPercent: Int64 = 1

  private struct Half: Sendable, Equatable {
    var samples: Int64 = 0
    var drifted: Int64 = 0
  }

  private var older = Half()
  private var newer = Half()
  /// Samples since the ratio began to be alarming, nil while it is not.
  package private(set) var samplesSinceAlarm: Int64?

  package init() {}

  package mutating func add(samples: Int64, drifted: Int64) {
    newer.samples += samples
    newer.drifted += drifted
    if isAlarming {
      samplesSinceAlarm = samplesSinceAlarm.map { $0 + samples } ?? 0
    } else {
      samplesSinceAlarm = nil
    }
    guard newer.samples >= Self.length / 2 else { return }
    older = newer
    newer = Half()
  }

  package var ratio: Double {
    let samples = older.samples + newer.samples
    return samples > 0 ? Double(older.drifted + newer.drifted) / Double(samples) : 0
  }

  package var isAlarming: Bool {
    let samples = older.samples + newer.samples
    return samples >= Self.least
      && (older.drifted + newer.drifted) * 100 > samples * Self.alarmingPercent
  }

  /// Whether drift went on for half a window after the alarm, though all of it was repaired.
  package var keepsOn: Bool { samplesSinceAlarm.map { $0 >= Self.length / 2 } ?? false }
}
