// Digests by BLAKE2b. Equal digests mean equal content: requests, request bodies and API keys are compared by them.
private import CSodium

/// 32 bytes that stand for any number of bytes.
package struct Digest: Sendable, Hashable {
  package let bytes: [UInt8]

  package init(of content: [UInt8]) {
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe crypto_generichash(&digest, digest.count, content, UInt64(content.count), nil, 0)
    bytes = digest
  }
}
