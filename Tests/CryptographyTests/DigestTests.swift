// BLAKE2b-256 against digests that others published or computed, and as a key of a dictionary.
import Cryptography
import Testing

@Suite struct DigestTests {
  @Test(arguments: [
    ("", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"),
    ("abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"),
  ])
  func `a text has the digest that everybody else gets`(text: String, digest: String) {
    #expect(Hexadecimal.text(of: Digest(of: Array(text.utf8)).bytes) == digest)
  }

  @Test func `content longer than a block of the hash has its digest too`() {
    let bytes = (0...255).map { UInt8($0) }
    let digest = "39a7eb9fedc19aabc83425c6755dd90e6f9d0c804964a1f4aaeea3b9fb599835"
    #expect(Hexadecimal.text(of: Digest(of: bytes).bytes) == digest)
  }

  @Test func `pieces have the digest of the whole, wherever they are cut`() {
    let whole = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for cut in [0, 1, 127, 128, 129, 300] {
      var builder = DigestBuilder()
      builder.add(Array(whole[..<cut]))
      builder.add(Array(whole[cut...]))
      let digest = builder.finish()
      #expect(digest == Digest(of: whole), "cut at \(cut)")
    }
  }

  @Test func `parts are not the same as parts that share their bytes otherwise`() {
    #expect(digest(parts: ["ab", "c"]) != digest(parts: ["a", "bc"]))
    #expect(digest(parts: ["ab", "c"]) == digest(parts: ["ab", "c"]))
    #expect(digest(parts: ["", "abc"]) != digest(parts: ["abc", ""]))
  }

  @Test func `a number is its eight bytes`() {
    var builder = DigestBuilder()
    builder.add(0x0102_0304_0506_0708)
    let digest = builder.finish()
    #expect(digest == Digest(of: [1, 2, 3, 4, 5, 6, 7, 8]))
  }

  @Test func `a digest survives being stored, and only 32 bytes are one`() {
    let digest = Digest(of: [1, 2, 3])
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(bytes: Array(digest.bytes.dropLast())) == nil)
    #expect(Digest(bytes: digest.bytes + [0]) == nil)
    #expect(digest.words.0 >> 56 == UInt64(digest.bytes[0]))
  }

  @Test func `digests that differ in any byte are different, and found apart`() {
    let digest = Digest(of: [])
    var found: [Digest: Int] = [digest: -1]
    for index in 0..<Digest.byteCount {
      var bytes = digest.bytes
      bytes[index] ^= 1
      let other = Digest(bytes: bytes)
      #expect(other != digest)
      if let other { found[other] = index }
    }
    #expect(found.count == 33 && found[digest] == -1)
  }

  private func digest(parts: [String]) -> Digest {
    var builder = DigestBuilder()
    for part in parts {
      let bytes = Array(part.utf8)
      builder.add(part: bytes.span)
    }
    return builder.finish()
  }
}
