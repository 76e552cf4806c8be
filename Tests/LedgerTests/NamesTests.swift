// The words for kinds and types.
import Ledger
import Testing

@Suite struct NamesTests {
  @Test(arguments: ["a", "award", "raid_2", "x1", "a23456789012345678901234567890_2"])
  func `small words are kinds`(text: String) {
    #expect(Kind(text)?.text == text)
  }

  @Test(arguments: [
    "", "1a", "_a", "Award", "a-b", "a b", "é", "aé", "a\n", "a234567890123456789012345678901_3",
  ])
  func `anything else is no kind`(text: String) {
    #expect(Kind(text) == nil)
  }

  @Test func `four kinds are our own operations'`() {
    #expect(Kind.reserved == [.reversal, .redemption, .distribution, .genesis])
    #expect(Kind.reserved.isDisjoint(with: [.award, .purchase, .refund, .penalty, .adjustment]))
  }

  @Test(arguments: ["points", "p", "1", "a-b_c", "2024-points", String(repeating: "a", count: 64)])
  func `names of types`(text: String) {
    #expect(PointType.isName(text))
  }

  @Test(arguments: [
    "", "-a", "_a", "Points", "a b", "a.b", "é", "a\n", String(repeating: "a", count: 65),
    "01234567-89ab-cdef-fedc-ba9876543210",
  ])
  func `no names of types, least of all what looks like an id`(text: String) {
    #expect(!PointType.isName(text))
  }
}

@Suite struct RefusalTests {
  static let reasons: [Refusal.Reason] =
    [
      .insufficientBalance(available: 0, missing: .max), .belowMinimum(1), .aboveMaximum(.max),
      .aboveReversible(0), .aboveReversible(3), .userUnknown, .userDisabled, .typeDisabled,
    ] + Refusal.Figure.allCases.map { .overflow($0) }

  @Test(arguments: reasons)
  func `a refusal comes back from its stored form`(reason: Refusal.Reason) {
    for leg in [0, 1, 999] {
      let refusal = Refusal(reason, leg: leg)
      let stored = Refusal(storedName: refusal.storedName, figures: refusal.storedFigures, leg: leg)
      #expect(stored == refusal)
    }
  }

  @Test func `the stored names never change`() {
    let names = [
      "insufficient_balance", "below_minimum", "above_maximum", "above_reversible", "above_reversible",
      "user_unknown", "user_disabled", "type_disabled", "overflow", "overflow", "overflow",
    ]
    #expect(Self.reasons.map { Refusal($0, leg: 0).storedName } == names)
    #expect(Refusal.Figure.allCases.map(\.rawValue) == [0, 1, 2])
  }

  @Test(arguments: [
    ("of_tomorrow", [] as [Int64]), ("insufficient_balance", [1]), ("below_minimum", []),
    ("user_unknown", [1]), ("overflow", [9]), ("", []),
  ])
  func `what this release does not know is not made up`(name: String, figures: [Int64]) {
    #expect(Refusal(storedName: name, figures: figures, leg: 0) == nil)
  }

  @Test func `sentences tell the figures, and no two reasons are told alike`() {
    let sentences = Self.reasons.map { Refusal($0, leg: 0).sentence }
    #expect(Set(sentences).count == sentences.count)
    let missing = Refusal(.insufficientBalance(available: 17, missing: 23), leg: 0).sentence
    #expect(missing.contains("17") && missing.contains("23"))
    #expect(Refusal(.belowMinimum(29), leg: 0).sentence.contains("29"))
    #expect(Refusal(.aboveMaximum(31), leg: 0).sentence.contains("31"))
    #expect(Refusal(.aboveReversible(37), leg: 0).sentence.contains("37"))
  }
}
