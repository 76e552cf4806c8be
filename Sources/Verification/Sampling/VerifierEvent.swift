// What a continuous verifier has to tell people.

package enum VerifierEvent: Sendable {
  /// Found, and repaired, if that succeeded.
  case drift(Drift, type: String, isRepaired: Bool)
  /// The ledger itself is broken; nobody repairs that.
  case brokenChain(ChainFault, type: String)
  /// More than one of a hundred samples had drifted; and, later, no longer.
  case alarm(type: String, ratio: Double)
  case calm(type: String)
  /// A mirror had lost members, and was taken out of service or searched through.
  case loss(type: String, lost: Int64, total: Int64, isRetired: Bool)
  case rebuild(type: String)
}
