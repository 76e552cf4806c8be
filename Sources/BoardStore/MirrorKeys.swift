// Where a point type is mirrored. All keys of a type share a hash tag, so that a script may touch them all
// and a cluster spreads the types. The number in front is that of the layout.
package import Ledger

/// The keys of one epoch of a point type. A class, since each read hands them on: one reference in place of
/// five.
package final class MirrorKeys: Sendable, Equatable {
  package let epoch: Int64
  /// A hash: the marker in field '', and a packed account for each user.
  package let accounts: [UInt8]
  package let balance: [UInt8]
  package let earned: [UInt8]
  /// A hash of the limbs of each board's sum; it also tells which places on defined boards there are, how
  /// many writes were begun and ended, and under which name the epoch was begun (`born`).
  package let sums: [UInt8]
  private let prefix: [UInt8]

  package init(_ pointType: PointTypeID, epoch: Int64, in layout: MirrorLayout = .current) {
    let prefix = Self.prefix(of: pointType, in: layout) + "\(epoch):"
    self.epoch = epoch
    self.prefix = Array(prefix.utf8)
    accounts = Array((prefix + "accounts").utf8)
    balance = Array((prefix + "balance").utf8)
    earned = Array((prefix + "earned").utf8)
    sums = Array((prefix + "sums").utf8)
  }

  /// The prefix holds layout, type and epoch.
  package static func == (one: MirrorKeys, other: MirrorKeys) -> Bool { one.prefix == other.prefix }

  /// The sorted set of a period of a defined board.
  package func members(of slot: SlotKey) -> [UInt8] { prefix + "b:".utf8 + slot.hexadecimal }

  /// The sorted set of the scores that there are in it, each once; kept where ranks are dense.
  package func scores(of slot: SlotKey) -> [UInt8] { prefix + "d:".utf8 + slot.hexadecimal }

  /// Beside the sums, the lowest period of a board that is kept; not there if none was closed for good.
  static func lowestKept(of board: Int32) -> [UInt8] {
    Array("kept:".utf8) + SlotKey(board: board, period: 0).hexadecimal[..<8]
  }

  /// The first four, in the order in which scripts take them.
  var all: [[UInt8]] { [accounts, balance, earned, sums] }

  var epochText: [UInt8] { Array("\(epoch)".utf8) }

  /// The hash that tells which epoch is live and which is being built.
  package static func epochs(of pointType: PointTypeID, in layout: MirrorLayout = .current) -> [UInt8] {
    Array((prefix(of: pointType, in: layout) + "epochs").utf8)
  }

  /// What all keys of a type begin with, in every layout that there is or will be.
  static func prefix(of pointType: PointTypeID, in layout: MirrorLayout) -> String {
    "\(layout.keyPrefix){\(String(decoding: [UInt8].hexadecimal(pointType.bits), as: UTF8.self))}:"
  }
}
