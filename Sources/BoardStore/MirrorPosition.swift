// How far a mirror has followed the ledger.
package import Ledger

package typealias MirrorPosition = LedgerPosition
