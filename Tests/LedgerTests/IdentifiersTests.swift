// Ids: their order, their layout and their text.
import Ledger
import TestSupport
import Testing

@Suite struct IdentifiersTests {
  @Test func `a posting's id is a UUID of version 7 that ends in two zero bytes`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<1000 {
      let id = PostingID(at: Instant(microseconds: 1_700_000_000_123_456), random: &random)
      #expect(id.bits.high >> 16 == 1_700_000_000_123)
      #expect(id.bits.high >> 12 & 0xF == 7)
      #expect(id.bits.low >> 62 == 0b10)
      #expect(id.bits.low & 0xFFFF == 0 && id.isWellFormed)
    }
  }

  @Test func `ids of a later millisecond are larger`() {
    var random = SeededGenerator.forThisRun()
    var last = PostingID(at: Instant(microseconds: 0), random: &random)
    for step in 1..<1000 {
      let id = PostingID(at: Instant(microseconds: Int64(step) * 1000), random: &random)
      #expect(last < id)
      last = id
    }
  }

  @Test func `an instant before 1970 makes an id of 1970`() {
    var random = SeededGenerator.forThisRun()
    #expect(PostingID(at: Instant(microseconds: -5), random: &random).bits.high >> 16 == 0)
  }

  @Test func `two ids of one instant differ`() {
    var random = SystemRandomNumberGenerator()
    let ids = (0..<1000).map { _ in PostingID(at: .start, random: &random) }
    #expect(Set(ids).count == 1000)
  }

  @Test func `the legs of a posting lie side by side, and each knows its posting`() {
    var random = SeededGenerator.forThisRun()
    let posting = PostingID(at: .start, random: &random)
    let legs = (0..<Posting.legsMax).map { posting.transaction(leg: $0) }
    #expect(legs == legs.sorted() && Set(legs).count == Posting.legsMax)
    #expect(legs.allSatisfy { $0.posting == posting })
    #expect(legs[0].bits.low & 0xFFFF == 1 && legs[Posting.legsMax - 1].bits.low & 0xFFFF == 1000)
    #expect(!PostingID(legs[0].bits).isWellFormed)
  }

  @Test func `the text of an id is the usual one, and both cases are read`() {
    let bits = UUIDBits(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
    let text = "01234567-89ab-cdef-fedc-ba9876543210"
    #expect(bits.text == text && PointTypeID(bits).description == text)
    #expect(UUIDBits(text: text) == bits)
    #expect(TransactionID(text: text.uppercased()) == TransactionID(bits))
  }

  @Test func `any id comes back from its text`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<500 {
      let bits = UUIDBits(high: random.next(), low: random.next())
      #expect(UUIDBits(text: bits.text) == bits)
    }
  }

  @Test(arguments: [
    "", "01234567-89ab-cdef-fedc-ba987654321", "01234567-89ab-cdef-fedc-ba98765432100",
    "0123456789abcdeffedcba9876543210", "01234567-89ab-cdef-fedc-ba987654321g",
    "{0123456-89ab-cdef-fedc-ba9876543210", "0123456-789ab-cdef-fedc-ba9876543210",
    "01234567-89ab-cdef-fedc-ba98765432é", "01234567-89ab-cdef-fedc-ba98765432-0",
    "01234567_89ab_cdef_fedc_ba9876543210", "0123456٣-89ab-cdef-fedc-ba987654321",
  ])
  func `what is no id is not read as one`(text: String) {
    #expect(UUIDBits(text: text) == nil)
  }

  @Test func `ids are ordered by their bytes, without a sign`() {
    let ids = [
      UUIDBits(high: 0, low: 1), UUIDBits(high: 0, low: .max), UUIDBits(high: 1, low: 0),
      UUIDBits(high: .max, low: 0),
    ]
    #expect(ids.shuffled().sorted() == ids)
  }
}

@Suite struct AccountKeyTests {
  @Test func `accounts are ordered by user, then by type`() {
    let keys = [
      AccountKey(user: .ada, pointType: .points), AccountKey(user: .ada, pointType: .gems),
      AccountKey(user: .bob, pointType: .points), AccountKey(user: .bob, pointType: .gems),
    ]
    #expect(keys.reversed().sorted() == keys)
  }
}
