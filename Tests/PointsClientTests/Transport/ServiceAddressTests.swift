// URLs that name a service, and those that do not.
import Testing

@testable import PointsClient

struct ServiceAddressTests {
  @Test func `a URL is taken apart`() throws {
    let plain = try ServiceAddress(url: "http://points.example:8080")
    #expect((plain.host, plain.port, plain.authority) == ("points.example", 8080, "points.example:8080"))
    #expect(plain.prefix == "")
    let prefixed = try ServiceAddress(url: "http://10.0.0.1/api/v1//")
    #expect((prefixed.host, prefixed.port, prefixed.prefix) == ("10.0.0.1", 80, "/api/v1"))
    let six = try ServiceAddress(url: "http://[::1]:81/")
    #expect((six.host, six.port, six.authority, six.prefix) == ("::1", 81, "[::1]:81", ""))
  }

  @Test(arguments: [
    "", "points.example", "https://points.example", "http://", "http://:80", "http://a:", "http://a:0",
    "http://a:65536", "http://a:+1", "http://u@a", "http://a b", "http://a/?q", "http://a/#f", "http://[::1",
    "http://[]:1", "http://[::1]x", "http://a/\r\nX: y", "http://a\r\n", "http://[::1%25eth0]",
  ])
  func `what is no plain URL of a host is refused`(url: String) {
    #expect {
      _ = try ServiceAddress(url: url)
    } throws: { error in
      if case .invalidArgument = error as? PointsError { true } else { false }
    }
  }

  @Test(arguments: ["", "a b", "a\r\nHost: b", "ä"])
  func `a key that would not fit into a field is refused`(key: String) {
    #expect(throws: PointsError.self) { _ = try PointsClient(url: "http://a", key: key) }
  }
}
