// One line of the result: what was measured, against what, and whether that is good enough.

/// A quantity with the bar it must stay under.
package struct Finding: Sendable, Equatable {
  let subject: String
  /// The quantity itself, in words: `4.1 us of CPU a request`.
  let measured: String
  /// What it is compared with, in words; empty when the bar is absolute.
  let yardstick: String
  /// What the bar is about: a ratio, or a quantity.
  let judged: Samples
  let form: Form
  let barMost: Double

  /// How the judged quantity is written.
  enum Form: Sendable, Equatable {
    case ratio, kibibytes, milliseconds
  }

  /// On the bar is good enough.
  package var isMet: Bool { judged.median <= barMost }

  static let columns = ["subject", "measured", "yardstick", "median", "least to greatest", "at most", "met"]

  var cells: [String] {
    [
      subject, measured, yardstick, form.text(judged.median),
      "\(form.text(judged.least)) to \(form.text(judged.greatest))", form.text(barMost),
      isMet ? "yes" : "**NO**",
    ]
  }
}

extension Finding.Form {
  func text(_ value: Double) -> String {
    switch self {
    case .ratio: Decimals.text(value, places: 2)
    case .kibibytes: "\(Decimals.text(value, places: 2)) KiB"
    case .milliseconds: "\(Decimals.text(value, places: 1)) ms"
    }
  }
}
