// Who may use which route: every registered route is called by a caller of every kind, with a request that
// succeeds for whoever may. What must come of it is read from the table in docs/api.md.
import API
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import HTTPServer
@testable import Service

extension WholeService {
  @Suite struct AccessTableTests {
    /// The columns of the table, and a key that was revoked.
    private enum Asking: String, CaseIterable {
      case reader, service, payouts, admin, nobody, revoked

      func key(of installation: Installation) -> String? {
        switch self {
        case .reader: installation.reader
        case .service: installation.service
        case .payouts: installation.payouts
        case .admin: installation.admin
        case .nobody: nil
        case .revoked: installation.revoked
        }
      }
    }

    @Test func `each route is for whom the table says, and nobody else gets past the gate`() async throws {
      let table = try Self.table()
      let installation = try await Installation.make()
      try await installation.serving { service in
        let worker = try #require(service.service?.crew.workers.first)
        let routes = worker.http.router.routes.map { "\($0.method.name) \($0.pattern)" }
        #expect(Set(routes) == Set(table.keys), "the table has every route, and no other")
        let caller = try Caller(port: service.port)
        var samples = SampleCalls(caller, installation.admin, payer: installation.payouts)
        var cells = 0
        for route in routes.sorted() {
          for asking in Asking.allCases {
            let mayAsk = table[route]?[asking.rawValue] ?? false
            let sample = try samples.call(route, as: asking.key(of: installation))
            // Whoever is refused is not listened to any longer.
            let answer = try Self.answer(to: sample.call, on: service.port)
            let expected =
              mayAsk ? sample.status : asking == .nobody || asking == .revoked ? 401 : 403
            #expect(answer.status == expected, "\(route) asked by \(asking.rawValue): \(answer.body)")
            switch expected {
            case 401: #expect(answer.code == "unauthorized" && answer.fields["www-authenticate"] != nil)
            case 403: #expect(answer.code == "forbidden")
            case _: break
            }
            cells += 1
          }
        }
        #expect(cells == table.count * Asking.allCases.count)
      }
    }

    @Test func `what was refused at the gate has changed nothing`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let award = #"{"userId":"anna","amount":7}"#
        for key in [installation.reader, installation.revoked, "pts_0123456789abcdef_nonsense", nil] {
          let answer = try Caller(port: service.port).ask(
            .post("/points/award", award, as: key, once: "k"))
          #expect([401, 403].contains(answer.status))
        }
        let balance = try caller.ask(
          .get("/points/balance?userId=anna&consistency=ledger", as: installation.service))
        #expect(balance.json["version"].integer == 0)
        // Nor is the key used up.
        let answer = try caller.ask(.post("/points/award", award, as: installation.service, once: "k"))
        #expect(answer.status == 201 && !answer.isReplay)
      }
    }

    /// Whoever asks whether the service is ready is told of every moment in which it is not: he asks again.
    private static func answer(to call: Call, on port: UInt16) throws -> Answer {
      var answer = try Caller(port: port).ask(call)
      guard call.target == "/ready" else { return answer }
      _ = try Eventually.holds(within: .seconds(20)) {
        if answer.status == 503 { answer = try Caller(port: port).ask(call) }
        return answer.status != 503
      }
      return answer
    }

    /// The table, by route and column.
    private static func table() throws -> [String: [String: Bool]] {
      var table: [String: [String: Bool]] = [:]
      for row in try ContractDocument.text(of: "docs/api.md").matches(
        of: /\| `([A-Z]+ \/\S*)` \| (yes|no) \| (yes|no) \| (yes|no) \| (yes|no) \| (yes|no) \|/)
      {
        let isOpen = row.6 == "yes"
        table[String(row.1)] = [
          "reader": row.2 == "yes", "service": row.3 == "yes", "payouts": row.4 == "yes",
          "admin": row.5 == "yes", "nobody": isOpen, "revoked": isOpen,
        ]
      }
      #expect(table.count > 20)
      return table
    }
  }
}
