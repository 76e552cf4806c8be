// A whole number with a unit behind it, the shape that durations and sizes share: strict ASCII digits, no
// sign, no fraction, no blank before the unit.

struct Quantity {
  let number: Int
  let unit: Substring

  init?(_ text: String) {
    let digits = text.prefix { $0 >= "0" && $0 <= "9" && $0.isASCII }
    guard let number = Int(digits) else { return nil }
    self.number = number
    unit = text[digits.endIndex...]
  }

  /// The number in the smallest unit; nothing when the unit is unknown or the product does not fit.
  func scaled(by units: [(name: String, factor: Int)]) -> Int? {
    guard let factor = units.first(where: { $0.name == unit })?.factor else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }

  /// `units` come largest first, and the last has the factor 1.
  static func text(_ amount: Int, in units: [(name: String, factor: Int)]) -> String {
    let exact = units.first { amount >= $0.factor && amount % $0.factor == 0 } ?? units[units.count - 1]
    return "\(amount / exact.factor)\(exact.name)"
  }
}
