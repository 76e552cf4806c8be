// Ed25519 against the vectors of RFC 8032, section 7.1, and against whoever would have a signature count for
// something else.
import Cryptography
import Testing

@Suite struct SigningKeyTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let seed: String
    let key: String
    let message: String
    let signature: String
  }

  static let vectors = [
    Vector(
      testDescription: "1", seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
      signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    Vector(
      testDescription: "2", seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
      signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    Vector(
      testDescription: "3", seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
      signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
  ]

  @Test(arguments: vectors)
  func `a seed makes the key and the signature that everybody else gets`(vector: Vector) throws {
    let key = try #require(SigningKey(seed: Self.bytes(vector.seed)))
    #expect(Hexadecimal.text(of: key.verifyingKey.bytes) == vector.key)
    let signature = key.signature(of: Self.bytes(vector.message))
    #expect(Hexadecimal.text(of: signature) == vector.signature)
    #expect(key.verifyingKey.verifies(signature, of: Self.bytes(vector.message)))
  }

  @Test func `a signature counts for its message and its key only, to the last bit`() throws {
    let key = try #require(SigningKey(seed: RandomBytes.make(32)))
    let message = Array("points".utf8)
    let signature = key.signature(of: message)
    #expect(key.verifyingKey.verifies(signature, of: message))
    for bit in 0..<signature.count * 8 {
      var changed = signature
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!key.verifyingKey.verifies(changed, of: message), "bit \(bit)")
    }
    for bit in 0..<message.count * 8 {
      var changed = message
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!key.verifyingKey.verifies(signature, of: changed), "bit \(bit)")
    }
    for wrong in [[], Array(signature.dropLast()), signature + [0]] {
      #expect(!key.verifyingKey.verifies(wrong, of: message))
    }
    let other = try #require(SigningKey(seed: RandomBytes.make(32)))
    #expect(!other.verifyingKey.verifies(signature, of: message))
  }

  @Test func `a key without its order, under which anybody could sign, verifies nothing`() throws {
    // The neutral element: with it as key, and as the first half of a signature, the equation always holds.
    let neutral = [1] + [UInt8](repeating: 0, count: 31)
    let key = try #require(VerifyingKey(bytes: neutral))
    #expect(!key.verifies(neutral + [UInt8](repeating: 0, count: 32), of: [1, 2, 3]))
  }

  @Test func `only 32 bytes are a key, and the secret ones are never shown`() throws {
    for count in [0, 31, 33, 64] {
      #expect(SigningKey(seed: [UInt8](repeating: 7, count: count)) == nil)
      #expect(VerifyingKey(bytes: [UInt8](repeating: 7, count: count)) == nil)
    }
    let key = try #require(SigningKey(seed: [UInt8](repeating: 7, count: 32)))
    var dumped = ""
    dump(key, to: &dumped)
    let shown = "\(key) \(String(reflecting: key)) \(dumped)"
    #expect(shown.contains(Hexadecimal.text(of: key.verifyingKey.bytes)))
    #expect(!shown.contains("7, 7, 7") && !shown.contains("070707"))
  }

  private static func bytes(_ text: String) -> [UInt8] {
    let digits = Array(text).map { UInt8($0.hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
