// A request is known by digests: of the service and its key, under which it is found again, and of what it
// asked for, by which a repetition is told from another request. Keys themselves are never stored.
private import Boards
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
    name.append(bigEndian: service.bits.high)
    name.append(bigEndian: service.bits.low)
    name.append(contentsOf: key)
    let words = Digest(of: name).words
    self.init(
      digest: UUIDBits(high: words.0, low: words.1), fingerprint: content.fingerprint,
      keepsRefusals: keepsRefusals)
  }
}
