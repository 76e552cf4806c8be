// docs/openapi.yaml promises every route there is, and no other; `make contract` compares the answers.
import API
import Configuration
import EmbeddedServers
import Foundation
import LedgerStore
import Testing

@testable import HTTPServer
@testable import Service

extension WholeService {
  @Suite struct ContractTests {
    @Test func `every route is in the document with its role, and nothing else is`() async throws {
      let document = try ContractDocument()
      let promised = document.operations.keys.map {
        "\($0) for \(document.value(of: "x-role", in: $0) ?? "nobody")"
      }
      try await RunningService.on(try Stores.running()) {
        $0.benchEndpoints = false
      } _: { service in
        let worker = try #require(service.service?.crew.workers.first)
        let routes = worker.http.router.routes.map { route in
          let guarded = worker.access.first { $0.method == route.method && $0.pattern == route.pattern }
          return "\(route.method.name) \(route.pattern) for \(guarded.flatMap(\.least) ?? "open")"
        }
        #expect(routes.count > 5)
        #expect(Set(routes).subtracting(promised) == [], "not in the document")
        #expect(Set(promised).subtracting(routes) == [], "only in the document")
      }
    }

    @Test func `the service hands out the very document`() async throws {
      let text = try ContractDocument().text
      try await RunningService.on(try Stores.running()) { service in
        let answer = try Caller(port: service.port).get("/openapi.yaml")
        #expect(answer.status == 200)
        #expect(answer.fields["content-type"] == "application/yaml")
        let isTheDocument = answer.body == text
        #expect(isTheDocument)
      }
    }

    @Test func `every operation says who may call it and how to name it`() throws {
      let document = try ContractDocument()
      #expect(document.operations.count > 20)
      var names: Set<String> = []
      for operation in document.operations.keys {
        let role = document.value(of: "x-role", in: operation)
        #expect(["open", "reader", "service", "payouts", "admin"].contains(role), "\(operation)")
        let isOpen = document.value(of: "security", in: operation) == "[]"
        #expect(isOpen == (role == "open"), "\(operation)")
        let name = document.value(of: "operationId", in: operation)
        #expect(name.map { names.insert($0).inserted } == true, "\(operation) has no name of its own")
      }
    }

    @Test func `the table for people says the same of every route`() throws {
      let document = try ContractDocument()
      let roles = ["reader", "service", "payouts", "admin"]
      let rows = Dictionary(
        uniqueKeysWithValues: document.operations.keys.map { operation in
          let least = document.value(of: "x-role", in: operation).flatMap(roles.firstIndex)
          let cells = roles.indices.map { $0 >= least ?? 0 } + [least == nil]
          return ("`\(operation)`", cells.map { $0 ? "yes" : "no" })
        })
      let table = try ContractDocument.text(of: "docs/api.md").matches(of: /\| (`[A-Z]+ \/\S*`) \| (.*) \|/)
      let written = table.map { ("\($0.1)", $0.2.components(separatedBy: " | ")) }
      #expect(Dictionary(written) { first, _ in first } == rows)
      #expect(written.count == rows.count, "a route is listed twice")
    }

    @Test func `every code in the document exists`() throws {
      let text = try ContractDocument().text
      let known = Set((ProblemCode.ofHTTP + ProblemCode.ofAPI).map { "\($0.name)" })
      let lists = text.matches(of: /code:\s+\{(?:const: |enum: \[)([a-z_, ]+)[\]}]/).map(\.1)
      let named = Set(lists.flatMap { $0.split(separator: ", ").map(String.init) })
      #expect(named.count > 15)
      #expect(named.subtracting(known) == [])
    }
  }
}

extension GuardedRoute {
  /// The least role, or nil for a route that is open.
  fileprivate var least: String? {
    switch access {
    case .open: nil
    case .role(let role): role.rawValue
    }
  }
}
