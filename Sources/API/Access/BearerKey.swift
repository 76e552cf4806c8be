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

  /// What is wrong with the credentials in themselves; nil if they hold a key that could be asked about. It
  /// reads the form only and costs no digest.
  static func flaw(in headers: HeaderFields) -> Problem? {
    do throws(RequestError) {
      switch try headers.withOnly("authorization", { Form($0) }) {
      case .none: return .missingKey
      case .unreadable(let sentence): return .unauthorized(sentence, isInvalid: true)
      case .key: return nil
      }
    } catch {
      return .unauthorized(error.sentence, isInvalid: true)
    }
  }

  private init(credentials: Span<UInt8>) {
    switch Form(credentials) {
    case .unreadable(let sentence): self = .unreadable(sentence)
    case .key(let id, let start):
      let key = credentials.extracting(droppingFirst: start)
      self = .presented(Presented(digest: Digest(of: key), id: id))
    }
  }
}

/// The credentials as they are written.
private enum Form {
  case unreadable(String)
  case key(KeyID, from: Int)

  init(_ credentials: Span<UInt8>) {
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
    guard let id = KeyID(inPresented: credentials.extracting(droppingFirst: start)) else {
      self = .unreadable("What the Authorization field holds is no key of Points.")
      return
    }
    self = .key(id, from: start)
  }
}

extension Problem {
  static func unauthorized(_ sentence: String, isInvalid: Bool = false) -> Problem {
    let challenge = isInvalid ? #"Bearer error="invalid_token""# : "Bearer"
    return Problem(.unauthorized, sentence, fields: [ResponseField("WWW-Authenticate", challenge)])
  }

  static var missingKey: Problem {
    .unauthorized("Send an API key as Authorization: Bearer <key>.")
  }
}
