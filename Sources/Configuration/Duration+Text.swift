// Durations as people write them in settings: a whole number and its unit,
// `250ms`, `30s`, `5m`, `1h`, `90d`. A bare number is refused, since a timeout of
// 30 that means milliseconds is the kind of mistake found in production.

extension Duration {
  private static let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)]

  /// Reads digits followed by `ms`, `s`, `m`, `h` or `d`; nothing for any other text.
  package init?(text: String) {
    guard let milliseconds = Quantity(text)?.scaled(by: Self.units) else { return nil }
    self = .milliseconds(milliseconds)
  }

  /// The duration in its largest exact unit: what `init(text:)` reads back, down to the millisecond.
  package var text: String {
    if self == .zero { return "0s" }
    let (seconds, attoseconds) = components
    return Quantity.text(Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000), in: Self.units)
  }
}
