// What may have hold of a call: a connection that is being made, or one of either version.

protocol Carrier: AnyObject {
  /// The call is given up; it ends with the cause, at once.
  func abandon(_ exchange: Exchange, because cause: TransportFailure.Cause)
}
