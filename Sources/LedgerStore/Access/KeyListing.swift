// A key as it is listed.
package import Ledger

package struct KeyListing: Sendable, Equatable {
  package let id: String
  /// The key's last characters.
  package let hint: String
  package let service: String
  package let role: Role
  package let createdAt: Instant
  package let expiresAt: Instant?
  /// May lie ahead, after a rotation with a grace.
  package let revokedAt: Instant?
  /// Of use now.
  package let isValid: Bool

  /// When it ends or ended, if it does.
  package var endsAt: Instant? {
    [expiresAt, revokedAt].compactMap(\.self).min()
  }
}
