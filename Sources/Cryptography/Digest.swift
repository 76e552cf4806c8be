// Digests by BLAKE2b-256. Equal digests mean equal content: requests, request bodies, API keys and migrations
// are compared by them. Four machine words hold one: making, comparing and hashing it allocates nothing.
private import CSodium

/// 32 bytes that stand for any number of bytes.
package struct Digest: Sendable, Hashable {
  package static var byteCount: Int { 32 }

  /// The bytes from the first to the last, as big-endian words.
  package let words: (UInt64, UInt64, UInt64, UInt64)

  package init(words: (UInt64, UInt64, UInt64, UInt64)) {
    self.words = words
  }

  package init(of content: Span<UInt8>) {
    Sodium.initialise()
    self = unsafe content.withUnsafeBufferPointer { content in
      unsafe Digest { digest in
        unsafe crypto_generichash(
          digest, Self.byteCount, content.baseAddress, UInt64(content.count), nil, 0)
      }
    }
  }

  /// Has libsodium write the bytes where they will lie; a status other than 0 would be our mistake.
  init(_ write: (UnsafeMutablePointer<UInt8>) -> Int32) {
    var raw = RawWords(0, 0, 0, 0)
    let status = unsafe withUnsafeMutablePointer(to: &raw) { raw in
      unsafe raw.withMemoryRebound(to: UInt8.self, capacity: Self.byteCount) { unsafe write($0) }
    }
    precondition(status == 0, "BLAKE2b makes 32 bytes of any content.")
    self.init(raw)
  }

  package init(of content: [UInt8]) {
    self.init(of: content.span)
  }

  /// Takes a digest that was stored; nil if it is not 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    var raw = RawWords(0, 0, 0, 0)
    unsafe withUnsafeMutableBytes(of: &raw) { unsafe $0.copyBytes(from: bytes) }
    self.init(raw)
  }

  package var bytes: [UInt8] {
    unsafe withUnsafeBytes(of: raw) { unsafe Array($0) }
  }

  /// As they lie in memory.
  typealias RawWords = (UInt64, UInt64, UInt64, UInt64)

  init(_ raw: RawWords) {
    words = (
      UInt64(bigEndian: raw.0), UInt64(bigEndian: raw.1), UInt64(bigEndian: raw.2), UInt64(bigEndian: raw.3)
    )
  }

  private var raw: RawWords {
    (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
  }

  /// In constant time: however much of a digest somebody has guessed, the answer takes as long.
  package static func == (one: Digest, other: Digest) -> Bool {
    let difference =
      (one.words.0 ^ other.words.0) | (one.words.1 ^ other.words.1) | (one.words.2 ^ other.words.2)
      | (one.words.3 ^ other.words.3)
    return difference == 0
  }

  package func hash(into hasher: inout Hasher) {
    // Any 64 bits of a digest are as random as all of it.
    hasher.combine(words.0)
  }
}
