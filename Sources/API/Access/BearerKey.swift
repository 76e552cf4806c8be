// The key in a request's head: `Authorization: Bearer pts_...`.
import Cryptography
import HTTPServer
import LedgerStore

/// What a request presents.
enum BearerKey {
  struct Presented {
    /// Of the whole key.
    let digest: Digest
    let id: KeyID
  }

  case missing
  /// The sentence says what is wrong with it.
  case unreadable(String)
  case presented(Presented)
}

extension BearerKey {
  init(in headers: HeaderFields) {
    do throws(RequestError) {
      self = try headers.withOnly("authorization") { BearerKey(credentials: $0) } ?? .missing
    } catch {
      // Of two keys one could be checked here and the other one by a proxy.
      self = .unreadable(error.sentence)
    }
  }

  private init(credentials: Span<UInt8>) {
    let scheme = "bearer ".utf8.span
    guard credentials.count > scheme.count else {
      self = .unreadable("The Authorization field holds no key.")
      return
    }
    for index in scheme.indices where credentials[index] | 0x20 != scheme[index] {
      self = .unreadable("The scheme of the Authorization field must be Bearer.")
      return
    }
    var start = scheme.count
    while start < credentials.count, credentials[start] == 0x20 { start += 1 }
    let key = credentials.extracting(droppingFirst: start)
    guard let id = KeyID(inPresented: key) else {
      self = .unreadable("What the Authorization field holds is no key of Points.")
      return
    }
    self = .presented(Presented(digest: Digest(of: key), id: id))
  }
}
