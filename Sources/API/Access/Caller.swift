// Who asks: a service, known by one of its keys. What it posts bears its id.
package import Ledger
package import LedgerStore

/// A class, so that handing it on costs one reference whatever the name's length.
package final class Caller: Sendable {
  package let service: ServiceID
  package let name: String
  package let role: Role

  package init(service: ServiceID, name: String, role: Role) {
    self.service = service
    self.name = name
    self.role = role
  }

  /// As whom the audit knows this one.
  package var actor: Actor { Actor(service: name) }
}
