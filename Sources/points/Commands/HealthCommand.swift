// points health: what a container's health check runs. It asks /ready of the service that the same settings
// describe.
import Configuration
import EventLoop
import Glibc

enum HealthCommand {
  /// The service gives a silent store one second, so this is patient enough; also with a peer that sends a
  /// byte now and then.
  private static let patience = Duration.seconds(3)
  private static let answerMax = 64 * 1024

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say("usage: points health [--listen ADDRESS]\n\nAsks the service at POINTS_LISTEN for /ready.")
      return .success
    }
    guard let configuration = configuration(arguments) else { return .usage }
    let host = reachable(configuration.listen.host)
    guard let address = SocketAddress(numeric: host, port: configuration.listen.port), address.port > 0 else {
      Terminal.complain("points health: \(configuration.listen) is no address to ask at")
      return .usage
    }
    guard let answer = ask(address) else {
      Terminal.complain("points health: nothing answers at \(address)")
      return .failure
    }
    Terminal.say(answer.body)
    return answer.isOK ? .success : .failure
  }

  /// Only the address matters here: the check needs no password, and a mistake in another setting is not its
  /// to tell.
  private static func configuration(_ arguments: [String]) -> ServeConfiguration? {
    var environment = Settings.environment.filter { $0.key == "POINTS_LISTEN" }
    environment["POINTS_DATABASE_URL"] = "postgresql:///"
    return Settings.read(arguments, environment: environment)
  }

  /// A service that listens on every address is asked on this machine's own.
  private static func reachable(_ host: String) -> String {
    switch host {
    case "0.0.0.0": "127.0.0.1"
    case "::": "::1"
    default: host
    }
  }

  private static func ask(_ address: SocketAddress) -> (isOK: Bool, body: String)? {
    guard let descriptor = address.connectBlocking(timeout: patience) else { return nil }
    defer { close(descriptor) }
    let request = Array("GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    guard
      unsafe request.withUnsafeBytes({ unsafe write(descriptor, $0.baseAddress, $0.count) }) == request.count
    else { return nil }
    let text = String(decoding: readToEnd(descriptor), as: UTF8.self)
    guard let bodyStart = text.bodyStart else { return nil }
    return (text.hasPrefix("HTTP/1.1 200 "), String(text[bodyStart...]))
  }

  private static func readToEnd(_ descriptor: Int32) -> [UInt8] {
    let deadline = MonotonicInstant.system + patience
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while answer.count < answerMax, MonotonicInstant.system < deadline {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      answer.append(contentsOf: chunk[..<count])
    }
    return answer
  }
}

extension String {
  /// Where the body of an HTTP answer begins.
  fileprivate var bodyStart: Index? {
    let bytes = Array(utf8)
    guard bytes.count >= 4 else { return nil }
    for start in 0...(bytes.count - 4) where bytes[start..<(start + 4)].elementsEqual([13, 10, 13, 10]) {
      return utf8.index(startIndex, offsetBy: start + 4)
    }
    return nil
  }
}
