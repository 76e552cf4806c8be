// Problems as JSON, and the codes that callers branch on.
import Foundation
import Testing

@testable import HTTPServer

struct ProblemTests {
  private func object(_ problem: Problem) throws -> [String: Any] {
    guard case .bytes(let bytes) = problem.response.body else { throw NotARequest() }
    return try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test func `a problem says its code, status, title and detail`() throws {
    let problem = Problem(
      .payloadTooLarge, "The \"body\" is too long.",
      members: [.integer("limit", 1024), .text("unit", "bytes")])
    let object = try object(problem)
    #expect(object["type"] as? String == "/problems/payload_too_large")
    #expect(object["status"] as? Int == 413)
    #expect(object["code"] as? String == "payload_too_large")
    #expect(object["title"] as? String == "The body is larger than allowed here.")
    #expect(object["detail"] as? String == "The \"body\" is too long.")
    #expect(object["limit"] as? Int == 1024)
    #expect(object["unit"] as? String == "bytes")
    #expect(problem.response.status == .contentTooLarge)
    #expect(problem.response.contentType?.description == "application/problem+json")
  }

  @Test func `codes are unique and plain`() {
    let names = ProblemCode.ofHTTP.map(\.name.description)
    #expect(Set(names).count == names.count)
    for name in names { #expect(name.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) }) }
  }

  @Test(arguments: ParseFailure.allCases)
  func `every failure of the parser is a problem of a known code`(failure: ParseFailure) throws {
    let problem = Problem(failure)
    #expect(ProblemCode.ofHTTP.contains(problem.code))
    #expect(try object(problem)["detail"] as? String == failure.sentence)
  }

  @Test func `a wrong parameter is a failed validation`() {
    let problem = Problem(RequestError.parameterRepeated("a"))
    #expect(problem.code == .validationFailed)
    #expect(problem.status == .badRequest)
  }

  @Test func `a refused method names the allowed ones`() {
    let problem = Problem.methodNotAllowed([.init(.get), .init(.head), .init(.options)])
    #expect(problem.status == .methodNotAllowed)
    #expect(problem.fields.first?.name.description == "Allow")
    #expect(problem.fields.first?.value == "GET, HEAD, OPTIONS")
  }

  @Test func `a quoted line end cannot split an answer`() {
    #expect(ResponseField("Location", "/a\r\nSet-Cookie: b\0").value == "/a  Set-Cookie: b ")
    #expect(ResponseField("Location", "/é\t").value == "/é\t")
  }
}
