// Reads one answer of HTTP/1.1 from bytes that arrive in pieces of any size. Whatever it keeps has a bound.

struct AnswerParser {
  enum Progress: Equatable {
    case more
    /// `mayStay` tells whether the connection is good for another call.
    case complete(Answer, mayStay: Bool)
    case malformed(String)
  }

  private enum Stage {
    case head
    case body(remaining: Int)
    case chunks(ChunkedBody)
  }

  private let limits: AnswerLimits
  private var stage = Stage.head
  private var headBytes: [UInt8] = []
  private var interimAnswers = 0
  private var keepsAlive = true
  private var answer = Answer(status: 0)
  /// Whether a single byte has come.
  private(set) var hasBegun = false

  init(limits: AnswerLimits = AnswerLimits()) {
    self.limits = limits
  }

  /// Takes the next bytes. After `complete` or `malformed` the parser has done its work.
  mutating func read(_ bytes: Span<UInt8>) -> Progress {
    hasBegun = hasBegun || bytes.count > 0
    var position = 0
    do throws(MalformedAnswer) {
      while position < bytes.count {
        guard try readStage(bytes, &position) else { continue }
        // Bytes behind the answer belong to no call of ours.
        return .complete(answer, mayStay: keepsAlive && position == bytes.count)
      }
      return .more
    } catch {
      return .malformed(error.phrase)
    }
  }

  /// True when the answer is complete.
  private mutating func readStage(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(MalformedAnswer) -> Bool {
    switch stage {
    case .head:
      return try readHead(bytes, &position)
    case .body(let remaining):
      let count = min(remaining, bytes.count - position)
      answer.body.append(copying: bytes.extracting(position..<(position + count)))
      position += count
      stage = .body(remaining: remaining - count)
      return remaining == count
    case .chunks(var chunks):
      let progress = try chunks.read(bytes, &position, into: &answer.body)
      stage = .chunks(chunks)
      return progress == .complete
    }
  }

  private mutating func readHead(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(MalformedAnswer) -> Bool {
    guard let end = headEnd(bytes, from: position) else {
      headBytes.append(copying: bytes.extracting(position...))
      position = bytes.count
      guard headBytes.count <= limits.headBytes else { throw Self.headTooLong }
      return false
    }
    headBytes.append(copying: bytes.extracting(position..<end))
    position = end
    guard headBytes.count <= limits.headBytes else { throw Self.headTooLong }
    let head = try AnswerHead(parsing: headBytes)
    headBytes.removeAll(keepingCapacity: true)
    return try begin(head)
  }

  /// Where the empty line ends, if it does here; its bytes may have come in several pieces.
  private func headEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var matched = endMatched()
    for index in start..<bytes.count {
      switch (bytes[index], matched) {
      case (0x0D, 0), (0x0D, 2), (0x0A, 1): matched += 1
      case (0x0A, 3): return index + 1
      case (0x0D, _): matched = 1
      case _: matched = 0
      }
    }
    return nil
  }

  /// How many bytes of CR LF CR LF the head kept so far ends with.
  private func endMatched() -> Int {
    let tail = headBytes.suffix(3)
    if tail.elementsEqual([0x0D, 0x0A, 0x0D]) { return 3 }
    if tail.suffix(2).elementsEqual([0x0D, 0x0A]) { return 2 }
    return tail.last == 0x0D ? 1 : 0
  }

  /// True when the head is all there is.
  private mutating func begin(_ head: AnswerHead) throws(MalformedAnswer) -> Bool {
    guard head.answer.status >= 200 else {
      interimAnswers += 1
      guard head.answer.status != 101, interimAnswers <= limits.interimAnswers else {
        throw MalformedAnswer("it announces itself without end, or another protocol")
      }
      return false
    }
    keepsAlive = head.keepsAlive
    answer = head.answer
    switch try head.framing() {
    case .none, .length(0):
      return true
    case .length(let length):
      guard length <= limits.bodyBytes else { throw MalformedAnswer("its body is too long") }
      // What is only promised is not reserved.
      answer.body.reserveCapacity(min(length, 64 * 1024))
      stage = .body(remaining: length)
      return false
    case .chunked:
      stage = .chunks(ChunkedBody(limits: limits))
      return false
    }
  }

  private static var headTooLong: MalformedAnswer { MalformedAnswer("its head is too long") }
}
