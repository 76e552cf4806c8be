// Makes one request after the other: its path, its key, its body. The bytes are written into arrays that are
// kept, so that a request costs the sender no memory.

struct RequestMaker {
  private let subject: LoadSubject
  /// Begins every idempotency key: no other run has it.
  private let run: [UInt8]
  private var made = 0
  private var generator: SplitMix
  private(set) var path: [UInt8] = []
  private(set) var body: [UInt8] = []
  /// Empty where none is sent.
  private(set) var idempotencyKey: [UInt8] = []

  init(_ subject: LoadSubject, seed: UInt64) {
    self.subject = subject
    run = Array("load-\(seed)-".utf8)
    generator = SplitMix(state: seed)
  }

  mutating func next() {
    made += 1
    path.removeAll(keepingCapacity: true)
    body.removeAll(keepingCapacity: true)
    idempotencyKey.removeAll(keepingCapacity: true)
    switch subject {
    case .awards(let members, let others):
      path += "/points/award".utf8
      idempotencyKey += run
      idempotencyKey.append(number: made)
      body += #"{"userId":""#.utf8
      body.append(member: others + draw(members))
      body += #"","amount":10,"reason":"Event participation"}"#.utf8
    case .batches(let size, let members): makeBatch(size, members)
    case .balances(let members): ask("/points/balance?userId=", members)
    case .ranks(let members): ask("/points/leaderboard/rank?userId=", members)
    case .pages(let types, let offsets):
      path += "/points/leaderboard?limit=100".utf8
      if offsets > 1 {
        path += "&offset=".utf8
        path.append(number: draw(offsets))
      }
      guard let types else { return }
      path += "&pointType=type-".utf8
      path.append(number: draw(types), digits: 3)
    case .path(let fixed): path += fixed.utf8
    }
  }

  private mutating func ask(_ prefix: StaticString, _ members: Int) {
    path += "\(prefix)".utf8
    path.append(member: draw(members))
  }

  private mutating func makeBatch(_ size: Int, _ members: Int) {
    path += "/points/postings/batch".utf8
    body += #"{"postings":["#.utf8
    for place in 0..<size {
      body += (place == 0 ? #"{"idempotencyKey":""# : #",{"idempotencyKey":""#).utf8
      body += run
      body.append(number: made)
      body += "-".utf8
      body.append(number: place)
      body += #"","legs":[{"type":"credit","amount":10,"userId":""#.utf8
      body.append(member: draw(members))
      body += #""}]}"#.utf8
    }
    body += "]}".utf8
  }

  private mutating func draw(_ count: Int) -> Int {
    Int(generator.next().multipliedFullWidth(by: UInt64(max(1, count))).high)
  }
}

/// A generator that costs a few nanoseconds.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

extension [UInt8] {
  mutating func append(number: Int, digits: Int = 1) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  mutating func append(member: Int) {
    self += "member-".utf8
    append(number: member, digits: 7)
  }
}
