// A transaction that somebody wants to take back, and what it is: a reversal can itself not be reversed, and
// whoever asks decides that by its kind.
package import Ledger

package struct ReversalCandidate: Sendable, Equatable {
  package let transaction: ReversibleTransaction
  package let kind: Kind

  package init(transaction: ReversibleTransaction, kind: Kind) {
    self.transaction = transaction
    self.kind = kind
  }
}
