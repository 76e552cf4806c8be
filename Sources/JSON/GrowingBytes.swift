// Bytes to which more is appended all the time. An array asks before each append whether somebody shares it,
// and an answer is made of hundreds of small appends: asking was most of what writing one cost.

/// Bytes with one owner, in memory of their own until they are handed out.
@safe
struct GrowingBytes: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(reservingCapacity capacity: Int) {
    self.capacity = max(64, capacity)
    unsafe start = .allocate(capacity: self.capacity)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// A copy of all of them.
  var array: [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    unsafe start[count] = byte
    count += 1
  }

  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(copying: $0) }
  }

  @inline(__always)
  mutating func append(_ text: StaticString) {
    unsafe append(copying: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The text between quotes, and a byte before it and behind it: a key with its comma and colon.
  @inline(__always)
  mutating func append(quoting text: StaticString, after first: UInt8?, before last: UInt8?) {
    makeRoom(for: text.utf8CodeUnitCount + 4)
    if let first { unsafe write(first) }
    unsafe write(0x22)
    unsafe write(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    unsafe write(0x22)
    if let last { unsafe write(last) }
  }

  /// So many decimal digits, with leading zeros if the number has fewer; what it has more is left out.
  mutating func append(digits: Int, of number: UInt64) {
    makeRoom(for: digits)
    var rest = number
    for place in (count..<(count + digits)).reversed() {
      unsafe start[place] = 0x30 | UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }

  /// The highest bytes of a word, at most eight.
  @inline(__always)
  mutating func append(bigEndian word: UInt64, count more: Int) {
    makeRoom(for: 8)
    unsafe UnsafeMutableRawPointer(start + count).storeBytes(of: word.bigEndian, as: UInt64.self)
    count += min(more, 8)
  }

  // MARK: Memory

  private mutating func append(copying bytes: UnsafeBufferPointer<UInt8>) {
    makeRoom(for: bytes.count)
    unsafe write(bytes)
  }

  @inline(__always)
  private mutating func makeRoom(for more: Int) {
    if capacity - count < more { grow(by: more) }
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    unsafe larger.initialize(from: start, count: count)
    unsafe start.deallocate()
    unsafe start = larger
  }

  /// Where there is room.
  @unsafe @inline(__always)
  private mutating func write(_ byte: UInt8) {
    unsafe start[count] = byte
    count += 1
  }

  @unsafe @inline(__always)
  private mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.baseAddress else { return }
    unsafe (start + count).initialize(from: first, count: bytes.count)
    count += bytes.count
  }
}
