/// The versions this module answers.
package enum HTTPVersion: Sendable {
  case http10, http11, http2
}
