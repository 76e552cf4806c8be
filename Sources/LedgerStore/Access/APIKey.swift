// The keys by which services prove who they are: `pts_<16 hex digits>_<43 characters>`. The digits name the
// key and are no secret; the rest are 32 random bytes. Only a digest is stored, and a plain one is enough:
// nobody can try all values of 32 random bytes, so nothing has to be slow.
package import Cryptography

/// A key as it is given to a service, once.
package struct APIKey: Sendable {
  package let id: String
  /// The whole key. Shown to whoever made it, and never again.
  package let text: String

  static let prefix = "pts_"
  static let idLength = 16
  private static let secretLength = 43
  package static let length = prefix.utf8.count + idLength + 1 + secretLength

  /// A new one.
  package init() {
    id = Hexadecimal.text(of: RandomBytes.make(8))
    text = Self.prefix + id + "_" + Base64URL.text(of: RandomBytes.make(32))
  }

  /// Of the whole key: what is stored, and compared.
  package var digest: Digest { Digest(of: Array(text.utf8)) }

  /// By which a person recognises the key he holds.
  var hint: String { String(text.suffix(4)) }
}

extension APIKey: CustomStringConvertible, CustomReflectable {
  package var description: String { "key \(id)" }
  package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
