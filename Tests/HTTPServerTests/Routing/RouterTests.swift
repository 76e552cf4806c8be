// Which handler a path finds: the literal before the parameter, the path before the method.
import Testing

@testable import HTTPServer

struct RouterTests {
  private static let router: Router<String> = {
    var router = Router<String>()
    router.on(.get, "/", "root")
    router.on(.get, "/health", "health")
    router.on(.get, "/points/users/{userId}", "read")
    router.on(.put, "/points/users/{userId}", "write")
    router.on(.get, "/points/users/me", "me")
    router.on(.get, "/points/{type}/boards/{board}/rank", "rank")
    router.on(.post, "/postings", "post")
    router.on(.head, "/heads", "own head")
    router.on(.get, "/heads", "get of heads")
    return router
  }()

  private func found(_ method: HTTPMethod, _ path: String) -> String? {
    guard case .found(let handler, _, _) = Self.router.match(method, path: path) else { return nil }
    return handler
  }

  private func allowed(_ method: HTTPMethod, _ path: String) -> String? {
    guard case .methodNotAllowed(let allowed) = Self.router.match(method, path: path) else { return nil }
    return allowed.description
  }

  private func isMissing(_ path: String) -> Bool {
    if case .notFound = Self.router.match(.get, path: path) { true } else { false }
  }

  @Test(arguments: [
    ("/", "root"), ("", "root"), ("/health", "health"), ("/%68ealt%68", "health"),
    ("/points/users/7", "read"),
    ("/points/users/me", "me"), ("/points/users/mee", "read"), ("/points/users/%6De", "me"),
    ("/points/users/a%2Fb", "read"), ("/points/x/boards/y/rank", "rank"),
    ("/points/users/boards/y/rank", "rank"),
  ])
  func `a path finds its handler`(path: String, handler: String) {
    #expect(found(.get, path) == handler)
  }

  @Test(arguments: [
    "/healt", "/healthy", "/health/", "//health", "/Health", "/points/users", "/points/users/",
    "/points/users/7/",
    "/points/users/7/x", "/health%", "/points//boards/y/rank", "/points%2Fusers%2F7", "/.", "/../health",
  ])
  func `another path is not found`(path: String) {
    #expect(isMissing(path))
  }

  @Test func `methods of one path are told apart`() {
    #expect(found(.get, "/points/users/7") == "read")
    #expect(found(.put, "/points/users/7") == "write")
  }

  @Test func `HEAD gets the handler of GET unless it has its own`() {
    #expect(found(.head, "/health") == "health")
    #expect(found(.head, "/heads") == "own head")
    #expect(found(.get, "/heads") == "get of heads")
  }

  @Test func `a method that is not registered is told what is`() {
    #expect(allowed(.delete, "/points/users/7") == "GET, HEAD, PUT, OPTIONS")
    #expect(allowed(.get, "/postings") == "POST, OPTIONS")
    #expect(allowed(.head, "/postings") == "POST, OPTIONS")
    #expect(allowed(.other, "/health") == "GET, HEAD, OPTIONS")
  }

  @Test func `a more literal path keeps its methods to itself`() {
    #expect(allowed(.put, "/points/users/me") == "GET, HEAD, OPTIONS")
  }

  @Test func `OPTIONS is answered for known paths and for the server`() throws {
    guard case .options(let path) = Self.router.match(.options, path: "/postings") else {
      Issue.record("OPTIONS was not answered.")
      return
    }
    #expect(path.description == "POST, OPTIONS")
    guard case .options(let server) = Self.router.match(try request("OPTIONS *")) else {
      Issue.record("OPTIONS for the server was not answered.")
      return
    }
    #expect(server.description == "GET, HEAD, POST, PUT, OPTIONS")
    #expect(isMissing("*"))
  }

  @Test func `parameters are decoded, an escaped slash inside its segment`() throws {
    let request = try request("GET /points/a%2Fb/boards/%C3%A9+x/rank?type=other")
    guard case .found(_, let route, let parameters) = Self.router.match(request) else {
      Issue.record("The route was not found.")
      return
    }
    #expect(try parameters.string("type") == "a/b")
    #expect(try parameters.string("board") == "é+x")
    #expect(Self.router.routes[route].pattern == "/points/{type}/boards/{board}/rank")
    #expect(Self.router.routes[route].method == .get)
  }

  @Test func `a parameter that cannot be decoded is refused`() throws {
    for (path, error) in [
      ("/points/users/%zz", RequestError.badEscape(in: "the path parameter \"userId\"")),
      ("/points/users/%00", .escapedNUL(in: "the path parameter \"userId\"")),
      ("/points/users/%FF", .notUTF8(in: "the path parameter \"userId\"")),
    ] {
      guard case .found(_, _, let parameters) = Self.router.match(.get, path: path) else {
        Issue.record("The route was not found.")
        return
      }
      #expect(throws: error) { try parameters.string("userId") }
    }
  }

  @Test func `a parameter may be read as an integer`() throws {
    guard case .found(_, _, let good) = Self.router.match(.get, path: "/points/users/-42"),
      case .found(_, _, let bad) = Self.router.match(.get, path: "/points/users/4x")
    else {
      Issue.record("The route was not found.")
      return
    }
    #expect(try good.int64("userId") == -42)
    #expect(throws: RequestError.parameterInvalid("userId", expected: "an integer of 64 bits")) {
      try bad.int64("userId")
    }
  }

  @Test func `a dead end behind a literal goes back to the parameter`() throws {
    guard
      case .found(let handler, _, let parameters) = Self.router.match(
        .get, path: "/points/users/boards/b/rank")
    else {
      Issue.record("The route was not found.")
      return
    }
    #expect(handler == "rank")
    #expect(try parameters.string("type") == "users")
    #expect(parameters.count == 2)
  }

  @Test func `a URL without a path means the root`() throws {
    guard case .found("root", _, _) = Self.router.match(try request("GET http://h?x")) else {
      Issue.record("The route was not found.")
      return
    }
  }

  @Test func `the same route twice stops the process`() async {
    await #expect(processExitsWith: .failure) {
      var router = Router<Int>()
      router.on(.get, "/a/{b}", 1)
      router.on(.get, "/a/{b}", 2)
    }
  }

  @Test func `two names for one parameter stop the process`() async {
    await #expect(processExitsWith: .failure) {
      var router = Router<Int>()
      router.on(.get, "/a/{b}", 1)
      router.on(.get, "/a/{c}/d", 2)
    }
  }

  @Test func `a pattern without its slash stops the process`() async {
    await #expect(processExitsWith: .failure) {
      var router = Router<Int>()
      router.on(.get, "a", 1)
    }
  }
}
