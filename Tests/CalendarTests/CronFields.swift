// Random cron expressions together with what they mean, so that an oracle need not read them.
import TestSupport

struct CronFields {
  struct Field {
    var text: String
    var numbers: Set<Int>
    var hasStar: Bool { text.hasPrefix("*") }
  }

  let minutes, hours, daysOfMonth, months, daysOfWeek: Field

  var text: String {
    [minutes, hours, daysOfMonth, months, daysOfWeek].map(\.text).joined(separator: " ")
  }

  /// Hours of the night are the likeliest, since clocks are changed there.
  init(_ random: inout SeededGenerator) {
    minutes = Self.field(0...59, &random)
    hours =
      Bool.random(using: &random) ? Self.field(0...4, whole: 0...23, &random) : Self.field(0...23, &random)
    daysOfMonth = Self.field(1...31, star: 3, &random)
    months = Self.field(1...12, star: 5, &random)
    daysOfWeek = Self.field(0...6, star: 3, &random)
  }

  private static func field(
    _ range: ClosedRange<Int>, whole: ClosedRange<Int>? = nil, star: Int = 1, _ random: inout SeededGenerator
  ) -> Field {
    let whole = whole ?? range
    if Int.random(in: 0...star, using: &random) > 0, star > 1 || Bool.random(using: &random) {
      return Field(text: "*", numbers: Set(whole))
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      let step = Int.random(in: 1...(whole.upperBound - whole.lowerBound), using: &random)
      return Field(
        text: "*/\(step)", numbers: Set(stride(from: whole.lowerBound, through: whole.upperBound, by: step)))
    }
    var field = Field(text: "", numbers: [])
    for item in 0...Int.random(in: 0...2, using: &random) {
      let ends = [Int.random(in: range, using: &random), Int.random(in: range, using: &random)].sorted()
      let step = ends[0] == ends[1] ? 1 : Int.random(in: 1...(ends[1] - ends[0]), using: &random)
      field.numbers.formUnion(stride(from: ends[0], through: ends[1], by: step))
      let text = ends[0] == ends[1] ? "\(ends[0])" : "\(ends[0])-\(ends[1])/\(step)"
      field.text += item == 0 ? text : ",\(text)"
    }
    return field
  }
}
