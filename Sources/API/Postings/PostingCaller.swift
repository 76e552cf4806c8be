// Who posts, as far as it matters to a posting.
package import HTTPServer
package import Ledger

package struct PostingCaller: Sendable {
  package let service: ServiceID
  /// Admins may take back what was posted to users and in point types that are disabled by now.
  package let isAdmin: Bool

  package init(service: ServiceID, isAdmin: Bool) {
    self.service = service
    self.isAdmin = isAdmin
  }
}

/// Says who sent a request, or throws because it may not be sent by that caller.
package typealias AdmitPosting = @Sendable (HTTPExchange) async throws(Problem) -> PostingCaller
