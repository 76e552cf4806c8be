// Coverage-guided fuzzing of the reply decoding. The same bytes, cut differently, must give the same replies
// and the same end, and what is kept must stay within the limits.
//
//   swiftc -parse-as-library -sanitize=fuzzer,address -O -package-name points -swift-version 6 \
//     -enable-upcoming-feature InternalImportsByDefault -I Sources/CHiredis/include \
//     Sources/RedisClient/Wire/*.swift Tests/Fuzz/RedisReplyFuzz.swift -lhiredis -o redis_reply_fuzz

/// The fuzzer's entry. The first byte chooses the cuts, the rest is the wire.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneReplyStream(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard count > 1, let data = unsafe data else { return 0 }
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  let wire = Array(bytes.dropFirst())
  let whole = Reading(of: wire, pieces: wire.count)
  let cut = Reading(of: wire, pieces: Int(bytes[0] & 0x3F) + 1)
  precondition(whole.values == cut.values, "The replies depend on how the bytes were cut.")
  precondition((whole.error == nil) == (cut.error == nil), "The end depends on how the bytes were cut.")
  precondition(whole.weight <= Reading.weightMax(of: wire), "More is kept than the bytes can have said.")
  return 0
}

/// What a reader made of a stream.
private struct Reading {
  var values: [RedisValue] = []
  var error: RedisError?

  /// Small limits, so that the fuzzer reaches them.
  private static var limits: ReplyLimits {
    var limits = ReplyLimits()
    limits.bytesMax = 16 * 1024
    limits.elementsMax = 200
    return limits
  }

  init(of wire: [UInt8], pieces size: Int) {
    var reader = ReplyReader(limits: Self.limits)
    var rest = wire[...]
    do throws(RedisError) {
      while !rest.isEmpty {
        let piece = Array(rest.prefix(min(size, ReplyReader.sliceBytes)))
        try reader.feed(unsafe piece.span.bytes)
        rest = rest.dropFirst(piece.count)
        while let value = try reader.next() { values.append(value) }
      }
    } catch {
      self.error = error
    }
  }

  /// All payload bytes and values.
  var weight: Int { values.reduce(0) { $0 + Self.weight(of: $1) } }

  /// A value takes at least three bytes of wire, and its payload was among them; decoding a damaged text can
  /// turn one byte into three.
  static func weightMax(of wire: [UInt8]) -> Int { wire.count * 4 }

  private static func weight(of value: RedisValue) -> Int {
    switch value {
    case .integer, .null: 1
    case .bulk(let bytes): 1 + bytes.count
    case .status(let text): 1 + text.utf8.count
    case .error(let error): 1 + error.text.utf8.count
    case .array(let values): values.reduce(1) { $0 + weight(of: $1) }
    }
  }
}
