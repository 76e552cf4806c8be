// The bytes of a connection, cut anywhere, become replies. hiredis' reader finds the parts, `ReplyBuilder`
// builds the values; this type owns the reader, feeds it and holds it to the limits.
private import CHiredis

/// The reading side of one connection. After it has thrown once it throws the same for ever: a stream that
/// was misread cannot be found into again.
@safe
package struct ReplyReader: ~Copyable {
  private var reader: UnsafeMutablePointer<redisReader>
  private let builder: ReplyBuilder
  private let limits: ReplyLimits
  private var failure: RedisError?
  private var largestUnread = 0

  /// Bytes are best fed in slices of this size, each followed by `next()` until it returns nil: hiredis moves
  /// all unread bytes down after each kilobyte it has read.
  package static var sliceBytes: Int { 4096 }

  package init(limits: ReplyLimits) {
    self.limits = limits
    builder = ReplyBuilder(limits: limits)
    unsafe reader = Self.makeReader(for: builder)
  }

  deinit {
    unsafe redisReaderFree(reader)
  }

  package mutating func feed(_ bytes: RawSpan) throws(RedisError) {
    if let failure { throw failure }
    guard !bytes.isEmpty else { return }
    let status = unsafe bytes.withUnsafeBytes { raw in
      unsafe redisReaderFeed(reader, raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
    }
    guard status == REDIS_OK else { throw fail(.replyTooLarge("no memory is left for it")) }
    largestUnread = max(largestUnread, unreadBytes)
  }

  /// The next complete reply; nil when more bytes are needed.
  package mutating func next() throws(RedisError) -> RedisValue? {
    if let failure { throw failure }
    var token: UnsafeMutableRawPointer?
    let status = unsafe redisReaderGetReply(reader, &token)
    guard status == REDIS_OK else { throw fail(builder.refusal ?? .protocolViolation(errorText)) }
    if unsafe token != nil, let value = builder.takeRoot() { return value }
    try boundUnread()
    giveBackMemory()
    return nil
  }

  private var unreadBytes: Int {
    unsafe reader.pointee.len - reader.pointee.pos
  }

  private mutating func fail(_ error: RedisError) -> RedisError {
    failure = error
    return error
  }

  /// hiredis would collect for ever: here the collecting ends.
  private mutating func boundUnread() throws(RedisError) {
    let unread = unreadBytes
    guard unread <= limits.bytesMax else {
      throw fail(.replyTooLarge("more than \(limits.bytesMax) bytes"))
    }
    guard unread <= ReplyLimits.lineBytesMax || beginsWithLine else {
      throw fail(.protocolViolation("a line is longer than \(ReplyLimits.lineBytesMax) bytes"))
    }
  }

  /// The reader waits at the begin of a part, and every part
  /// begins with a line: a bulk string with its length.
  private var beginsWithLine: Bool {
    guard let bytes = unsafe reader.pointee.buf else { return false }
    let unread = unsafe UnsafeBufferPointer(start: bytes + reader.pointee.pos, count: unreadBytes)
    let carriageReturn = CChar(bitPattern: 0x0D)
    let lineFeed = CChar(bitPattern: 0x0A)
    for index in 1..<min(unread.count, ReplyLimits.lineBytesMax) where unsafe unread[index] == lineFeed {
      if unsafe unread[index - 1] == carriageReturn { return true }
    }
    return false
  }

  /// After a large reply the reader's buffer would stay large until the next one.
  private mutating func giveBackMemory() {
    guard largestUnread > ReplyLimits.keptBytes, unreadBytes == 0, builder.isIdle else { return }
    unsafe redisReaderFree(reader)
    unsafe reader = Self.makeReader(for: builder)
    largestUnread = 0
  }

  /// hiredis' own words, which it makes printable.
  private var errorText: String {
    unsafe withUnsafeBytes(of: reader.pointee.errstr) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The builder is not retained by the reader; both live in this value.
  private static func makeReader(for builder: ReplyBuilder) -> UnsafeMutablePointer<redisReader> {
    guard let reader = unsafe redisReaderCreateWithFunctions(builderFunctions) else {
      preconditionFailure("No memory is left for a reader.")
    }
    unsafe reader.pointee.privdata = Unmanaged.passUnretained(builder).toOpaque()
    unsafe reader.pointee.maxbuf = ReplyLimits.keptBytes
    return unsafe reader
  }
}

// MARK: Calls of the reader

/// Shared by all readers for as long as the process lives; written here and never again.
private nonisolated(unsafe) let builderFunctions: UnsafeMutablePointer<redisReplyObjectFunctions> = {
  let functions = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
  unsafe functions.initialize(
    to: redisReplyObjectFunctions(
      createString: stringRead, createArray: arrayRead, createInteger: integerRead, createNil: nullRead,
      freeObject: tokenFreed))
  return unsafe functions
}()

private typealias Task = UnsafePointer<redisReadTask>
/// hiredis carries what its callbacks return without looking
/// into it: the builder itself stands for every part.
private typealias Token = UnsafeMutableRawPointer

private func withBuilder(of task: Task?, _ add: (ReplyBuilder) -> Bool) -> Token? {
  guard let token = unsafe task?.pointee.privdata else { return nil }
  let builder = unsafe Unmanaged<ReplyBuilder>.fromOpaque(token).takeUnretainedValue()
  return unsafe add(builder) ? token : nil
}

@c(points_redis_string_read)
private func stringRead(_ task: Task?, _ text: UnsafeMutablePointer<CChar>?, _ count: Int) -> Token? {
  unsafe withBuilder(of: task) { builder in
    guard let text = unsafe text, let type = unsafe task?.pointee.type else { return false }
    // hiredis skips the two bytes behind a bulk string unseen;
    // were they not a line's end, we would have lost step.
    guard unsafe text[count] == 0x0D, unsafe text[count + 1] == 0x0A else {
      return builder.refuse(.protocolViolation("a bulk string is not as long as it says"))
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: text, count: count)
    switch type {
    case REDIS_REPLY_STRING: return unsafe builder.add(.bulk([UInt8](bytes)), bytes: count)
    case REDIS_REPLY_STATUS:
      return unsafe builder.add(.status(String(decoding: bytes, as: UTF8.self)), bytes: count)
    default:
      let text = unsafe String(decoding: bytes.prefix(errorBytesKept), as: UTF8.self)
      return builder.add(.error(RedisServerError(text: text)), bytes: count)
    }
  }
}

/// Error texts are for logs; a server can put a whole script line into one.
private let errorBytesKept = 512

@c(points_redis_array_read)
private func arrayRead(_ task: Task?, _ count: Int32) -> Token? {
  unsafe withBuilder(of: task) { $0.beginArray(count: Int(count)) }
}

@c(points_redis_integer_read)
private func integerRead(_ task: Task?, _ value: Int64) -> Token? {
  unsafe withBuilder(of: task) { $0.add(.integer(value)) }
}

@c(points_redis_null_read)
private func nullRead(_ task: Task?) -> Token? {
  unsafe withBuilder(of: task) { $0.add(.null) }
}

/// Nothing to free: the builder owns the parts, the connection owns the builder.
@c(points_redis_token_freed)
private func tokenFreed(_ token: Token?) {}
