// The path and the method of a request, as a handler asks for them.
import Testing

@testable import HTTPServer

struct HTTPRequestTests {
  @Test(arguments: [
    ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a/b", ["a", "b"]), ("//a", ["", "a"]),
    ("/a%2Fb/c", ["a/b", "c"]),
    ("/a+b", ["a+b"]), ("/%C3%A9?x", ["é"]),
  ])
  func `a path is split before it is decoded`(path: String, segments: [String]) throws {
    #expect(try request("GET \(path)").pathSegments() == segments)
  }

  @Test(arguments: ["/a/%", "/%4", "/%zz"])
  func `a path with a bad escape is refused`(path: String) throws {
    let request = try request("GET \(path)")
    #expect(throws: RequestError.badEscape(in: "the path")) { try request.pathSegments() }
  }

  @Test func `a path with an escaped NUL is refused`() throws {
    let request = try request("GET /a%00")
    #expect(throws: RequestError.escapedNUL(in: "the path")) { try request.pathSegments() }
  }

  @Test(arguments: HTTPMethod.allCases.filter { $0 != .other })
  func `known methods are told apart`(method: HTTPMethod) throws {
    #expect(try request("\(method.name) /").method == method)
  }

  @Test(arguments: ["get", "GETT", "GE", "TRACE", "POSTS", "OPTION", "PUTT"])
  func `other methods are none of them`(name: String) throws {
    let request = try request("\(name) /")
    #expect(request.method == .other)
    #expect(request.methodName == name)
  }
}
