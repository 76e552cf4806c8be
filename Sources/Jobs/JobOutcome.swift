// What a run of a duty did.
package import LedgerStore

package struct JobOutcome: Sendable, Equatable {
  /// One short sentence for people, such as "3 periods were closed".
  package let sentence: String
  /// The same in numbers, by name; a few.
  package let counts: [JobCount]

  package init(_ sentence: String, counts: [JobCount] = []) {
    self.sentence = sentence
    self.counts = counts
  }

  /// Whether there was anything to do: of a run that found nothing the log has no line.
  package var didSomething: Bool { counts.isEmpty || counts.contains { $0.value != 0 } }

  static let countsMax = 16

  var report: JobReport {
    JobReport(outcome: sentence, counts: Array(counts.prefix(Self.countsMax)))
  }
}
