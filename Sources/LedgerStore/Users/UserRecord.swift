// What is known of a user beside points.
package import Ledger

package struct UserRecord: Sendable, Equatable {
  package let id: UserID
  package let traits: UserTraits
  package let createdAt: Instant
  package let updatedAt: Instant

  package init(id: UserID, traits: UserTraits, createdAt: Instant, updatedAt: Instant) {
    self.id = id
    self.traits = traits
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}

/// What callers say about a user.
package struct UserTraits: Sendable {
  package static let displayNameBytesMax = 256
  package static let metadataBytesMax = 4096

  package var displayName: String?
  package var isEnabled: Bool
  /// A JSON object as text.
  package var metadata: String?

  package init(displayName: String?, isEnabled: Bool = true, metadata: String? = nil) {
    self.displayName = displayName
    self.isEnabled = isEnabled
    self.metadata = metadata
  }

  /// Whether accounts look the same with either: they show the name, and whether the user is enabled.
  func looksLike(_ other: UserTraits) -> Bool {
    isEnabled == other.isEnabled && sameBytes(displayName, other.displayName)
  }
}

extension UserTraits: Equatable {
  /// By bytes: another spelling of the same letters is another name.
  package static func == (left: Self, right: Self) -> Bool {
    left.looksLike(right) && sameBytes(left.metadata, right.metadata)
  }
}

private func sameBytes(_ one: String?, _ other: String?) -> Bool {
  switch (one, other) {
  case (nil, nil): true
  case (let one?, let other?): one.utf8.elementsEqual(other.utf8)
  case (nil, _?), (_?, nil): false
  }
}
