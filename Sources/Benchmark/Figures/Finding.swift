// One line of the result: what was measured, against what, and whether that is good enough.

/// A quantity, with the bar it must clear if there is one.
package struct Finding: Sendable, Equatable {
  let subject: String
  /// The quantity itself, in words: `4.1 us of CPU a request`.
  let measured: String
  /// What it is compared with, in words; empty when the bar is absolute.
  let yardstick: String
  /// What the bar is about: a ratio, or a quantity.
  let judged: Samples
  let form: Form
  let bar: Bar

  /// How the judged quantity is written.
  enum Form: Sendable, Equatable {
    case ratio, bytes, kibibytes, milliseconds, seconds
  }

  enum Bar: Sendable, Equatable {
    case atMost(Double)
    case atLeast(Double)
    /// To be known, and not to be judged.
    case none
  }

  /// On the bar is good enough.
  package var isMet: Bool {
    switch bar {
    case .atMost(let most): judged.median <= most
    case .atLeast(let least): judged.median >= least
    case .none: true
    }
  }

  static let columns = ["subject", "measured", "yardstick", "median", "least to greatest", "bar", "met"]

  var cells: [String] {
    [
      subject, measured, yardstick, form.text(judged.median),
      "\(form.text(judged.least)) to \(form.text(judged.greatest))", barText, verdict,
    ]
  }

  private var barText: String {
    switch bar {
    case .atMost(let most): "at most \(form.text(most))"
    case .atLeast(let least): "at least \(form.text(least))"
    case .none: ""
    }
  }

  private var verdict: String {
    guard bar != .none else { return "" }
    return isMet ? "yes" : "**NO**"
  }
}

extension Finding.Form {
  func text(_ value: Double) -> String {
    switch self {
    case .ratio: Decimals.text(value, places: 2)
    case .bytes: "\(Decimals.text(value, places: 0)) B"
    case .kibibytes: "\(Decimals.text(value, places: 2)) KiB"
    case .seconds: "\(Decimals.text(value, places: 1)) s"
    case .milliseconds: "\(Decimals.text(value, places: 1)) ms"
    }
  }
}
