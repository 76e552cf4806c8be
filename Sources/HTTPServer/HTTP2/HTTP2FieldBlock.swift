// The fields of an answer in the form nghttp2 takes them. Names and constants of ours are lent to it for
// ever; what is made for one answer it copies at once, so one block serves all connections of a worker.
import CNghttp2

/// Used on its worker's loop only, for one answer at a time.
@safe
final class HTTP2FieldBlock {
  private var fields: UnsafeMutablePointer<nghttp2_nv>
  private var capacity = 16
  private(set) var count = 0
  private var text: UnsafeMutablePointer<UInt8>
  private var textCapacity = 512
  private var textCount = 0

  init() {
    unsafe fields = .allocate(capacity: capacity)
    unsafe text = .allocate(capacity: textCapacity)
  }

  deinit {
    unsafe fields.deallocate()
    unsafe text.deallocate()
  }

  /// Lends the fields for the time of the call.
  func withFields<Result>(_ body: (UnsafePointer<nghttp2_nv>, Int) -> Result) -> Result {
    unsafe body(UnsafePointer(fields), count)
  }

  /// The date is that of HTTP/1.1: a whole line, of which the value is used.
  func encode(_ response: HTTPResponse, length: Int?, requestID: RequestID, date: [UInt8]) {
    reserve(for: response, requestID: requestID)
    addStatus(response.status)
    add("date", date.span.extracting(6..<(date.count - 2)))
    if let type = response.contentType { add("content-type", constant: type) }
    for field in response.fields where !Self.isOfConnection(field.name) {
      add(copying: field.name, field.value.utf8.span)
    }
    if let length { add("content-length", decimal: length) }
    switch requestID {
    case .given(let given): add("x-request-id", given.utf8.span, isUnique: true)
    case .made(let worker, let number): add("x-request-id", made: worker, number)
    }
  }

  func encodeContinue() {
    reset()
    addStatus(.continueSending)
  }

  // MARK: Room

  private func reset() {
    count = 0
    textCount = 0
  }

  /// Everything must lie still until nghttp2 has copied it, so the room is made beforehand.
  private func reserve(for response: HTTPResponse, requestID: RequestID) {
    reset()
    var needed = 128
    for field in response.fields { needed += field.value.utf8.count }
    if case .given(let given) = requestID { needed += given.utf8.count }
    if needed > textCapacity {
      unsafe text.deallocate()
      textCapacity = needed * 2
      unsafe text = .allocate(capacity: textCapacity)
    }
    guard response.fields.count + 5 > capacity else { return }
    unsafe fields.deallocate()
    capacity = response.fields.count * 2 + 5
    unsafe fields = .allocate(capacity: capacity)
  }

  // MARK: Fields

  private func addStatus(_ status: HTTPStatus) {
    let start = textCount
    let code = status.code
    put(0x30 + UInt8(code / 100))
    put(0x30 + UInt8(code / 10 % 10))
    put(0x30 + UInt8(code % 10))
    append(":status", valueFrom: start)
  }

  private func add(_ name: StaticString, _ value: Span<UInt8>, isUnique: Bool = false) {
    let start = textCount
    put(value)
    append(name, valueFrom: start, isUnique: isUnique)
  }

  private func add(_ name: StaticString, decimal value: Int) {
    let start = textCount
    var divisor = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      put(0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
    append(name, valueFrom: start)
  }

  private func add(_ name: StaticString, made worker: UInt32, _ number: UInt64) {
    let start = textCount
    unsafe withUnsafeBytes(of: RequestID.digits(worker, number)) { digits in
      unsafe put(digits.bindMemory(to: UInt8.self).span)
    }
    append(name, valueFrom: start, isUnique: true)
  }

  private func put(_ byte: UInt8) {
    precondition(textCount < textCapacity, "Room is made before fields are.")
    unsafe text[textCount] = byte
    textCount += 1
  }

  private func put(_ bytes: Span<UInt8>) {
    precondition(textCount + bytes.count <= textCapacity, "Room is made before fields are.")
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe (text + textCount).update(from: start, count: bytes.count)
    }
    textCount += bytes.count
  }

  /// A name of ours in small letters, and a value in the block's own memory. What is said only once would
  /// push what is said often out of the peer's table.
  private func append(_ name: StaticString, valueFrom start: Int, isUnique: Bool = false) {
    var flags = UInt8(NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue)
    if isUnique { flags |= UInt8(NGHTTP2_NV_FLAG_NO_INDEX.rawValue) }
    unsafe append(
      name: name, value: text + start, count: textCount - start, flags: flags)
  }

  private func add(_ name: StaticString, constant value: StaticString) {
    let flags = UInt8(NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue | NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue)
    unsafe append(
      name: name, value: UnsafeMutablePointer(mutating: value.utf8Start), count: value.utf8CodeUnitCount,
      flags: flags)
  }

  /// Names of handlers are written as HTTP/1.1 has them; nghttp2 makes the letters small when it copies.
  private func add(copying name: StaticString, _ value: Span<UInt8>) {
    let start = textCount
    put(value)
    unsafe append(name: name, value: text + start, count: textCount - start, flags: 0)
  }

  private func append(name: StaticString, value: UnsafeMutablePointer<UInt8>, count length: Int, flags: UInt8)
  {
    precondition(count < capacity, "Room is made before fields are.")
    unsafe (fields + count).initialize(
      to: nghttp2_nv(
        name: UnsafeMutablePointer(mutating: name.utf8Start), value: value, namelen: name.utf8CodeUnitCount,
        valuelen: length, flags: flags))
    count += 1
  }

  /// What is said about a connection of HTTP/1.1 may not be said over HTTP/2.
  private static func isOfConnection(_ name: StaticString) -> Bool {
    switch name.utf8CodeUnitCount {
    case 7: spells(name, "upgrade")
    case 10: spells(name, "connection") || spells(name, "keep-alive")
    case 16: spells(name, "proxy-connection")
    case 17: spells(name, "transfer-encoding")
    default: false
    }
  }

  private static func spells(_ name: StaticString, _ word: String) -> Bool {
    unsafe UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount).span
      .spellsIgnoringCase(word)
  }
}
