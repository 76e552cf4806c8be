// A request is known by digests: of the service and its key, under which it is found again, and of what it
// asked for, by which a repetition is told from another request. Keys themselves are never stored.
private import Cryptography
package import Ledger

extension Request {
  /// The scope of a key is the service, so a service whose API key was replaced gets its earlier answers.
  package init(
    service: ServiceID, key: [UInt8], content: RequestContent, keepsRefusals: Bool = true
  ) {
    var name: [UInt8] = []
    name.reserveCapacity(16 + key.count)
    // Sixteen bytes and then the key: no two pairs give the same bytes.
    for word in [service.bits.high, service.bits.low] {
      for shift in stride(from: 56, through: 0, by: -8) {
        name.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    name.append(contentsOf: key)
    let words = Digest(of: name).words
    self.init(
      digest: UUIDBits(high: words.0, low: words.1), fingerprint: content.fingerprint,
      keepsRefusals: keepsRefusals)
  }
}
