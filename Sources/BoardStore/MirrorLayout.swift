// The layout of mirrors has a number: what keys there are, what lies in them, and which scripts know it. A
// release that lays mirrors out in another way takes the next number. It then has keys, markers and leases of
// its own, so that it and the release before it can run side by side on one ledger and one Redis, and neither
// ever reads what it does not understand.
//
// Whatever else may change with the number, this may not, because each release clears away after others by
// it: all keys of a point type begin with `points:<layout>:{<id of the type>}:`, and whoever keeps mirrors of
// a layout up to date holds the lease `follower:<layout>`.

package struct MirrorLayout: Sendable, Hashable {
  package let number: Int

  /// Of this release.
  package static let current = MirrorLayout(3)

  package init(_ number: Int) {
    self.number = number
  }

  /// The name of a lease on a duty for the mirrors of this layout.
  package func lease(_ duty: String) -> String { "\(duty):\(number)" }

  /// The layout that a lease on this duty is for.
  package init?(of lease: String, on duty: String) {
    guard lease.hasPrefix("\(duty):"), let number = Int(lease.dropFirst(duty.utf8.count + 1)) else {
      return nil
    }
    self.init(number)
  }

  /// What all keys of the layout begin with.
  var keyPrefix: String { "points:\(number):" }
}
