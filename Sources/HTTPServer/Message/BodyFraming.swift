/// How a request says where its body ends.
package enum BodyFraming: Sendable, Equatable {
  case none
  case length(Int)
  case chunked
}
