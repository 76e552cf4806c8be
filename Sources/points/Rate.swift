// How fast something was done, for a person.

enum Rate {
  static func text(_ count: Int64, _ what: String, in time: Duration) -> String {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    let tenths = Int((seconds * 10).rounded())
    let each = seconds > 0 ? Int(Double(count) / seconds) : 0
    return "\(each) \(what) a second, \(tenths / 10).\(tenths % 10) s"
  }
}
