// Clients that others wrote. They are installed packages of the system; one that is missing fails its test.
import Foundation
import Testing

@testable import HTTPServer

extension OverSockets {
  struct RealClientTests {
    private static let scripts = URL(filePath: #filePath)
      .deletingLastPathComponent().appending(path: "../../RealClients").standardizedFileURL

    /// Runs a program to its end and gives what it wrote.
    private func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
      let process = Process()
      let pipe = Pipe()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      process.standardOutput = pipe
      process.standardError = pipe
      try process.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(arguments: ["with_http_client.py", "with_httpx.py", "with_httpx_http2.py", "with_h2.py"])
    func `Python's clients get what they ask for`(script: String) async throws {
      try await ServerUnderTest.running(workers: 2) { server in
        let path = Self.scripts.appending(path: script).path
        let (status, output) = try run("/usr/bin/python3", [path, "\(server.port)"])
        #expect(status == 0, "\(output)")
      }
    }

    @Test func `curl gets what it asks for`() async throws {
      try await ServerUnderTest.running { server in
        let base = "http://127.0.0.1:\(server.port)"
        let curl = { (arguments: [String]) throws in
          try run("/usr/bin/curl", ["--silent", "--show-error", "--max-time", "60"] + arguments)
        }
        #expect(try curl([base + "/sync", base + "/number/7"]).output == #"{"ok":true}7"#)
        #expect(try curl(["--http1.0", base + "/number/7"]).output == "7")
        #expect(try curl(["--head", base + "/sync"]).output.hasPrefix("HTTP/1.1 200 OK\r\n"))
        let lines = try curl([base + "/lines/1000"]).output
        #expect(lines.utf8.count == 1000 * RoutesUnderTest.line.count)
        let body = String(repeating: "0123456789", count: 5000)
        // Above a certain size curl asks first whether it may send.
        let isJSON = ["--header", "Content-Type: application/json"]
        let expecting = ["--header", "Expect: 100-continue", "--data", body, base + "/echo"]
        #expect(try curl(isJSON + expecting).output == body)
        let chunked = ["--header", "Transfer-Encoding: chunked", "--data", body, base + "/echo"]
        #expect(try curl(isJSON + chunked).output == body)
        let status = ["--output", "/dev/null", "--write-out", "%{http_code}"]
        #expect(try curl(status + ["--data", "x", base + "/json"]).output == "415")
        #expect(try curl(status + isJSON + ["--data", body, base + "/json"]).output == "413")
        let upgrade = [
          "--http2", "--output", "/dev/null", "--write-out", "%{http_version} %{http_code}", base + "/sync",
        ]
        #expect(try curl(upgrade).output == "1.1 200")
      }
    }

    @Test func `curl gets over HTTP/2 what it asks for`() async throws {
      try await ServerUnderTest.running { server in
        let base = "http://127.0.0.1:\(server.port)"
        // One at a time: this curl cannot use a connection of HTTP/2 twice, whosever it is.
        #expect(try curlOverHTTP2([base + "/number/7"]) == "7")
        #expect(try curlOverHTTP2(["--head", base + "/sync"]).hasPrefix("HTTP/2 200"))
        let lines = try curlOverHTTP2([base + "/lines/20000"])
        #expect(lines.utf8.count == 20_000 * RoutesUnderTest.line.count)
        let body = String(repeating: "0123456789", count: 5000)
        let sending = ["--header", "Content-Type: application/json", "--data", body]
        #expect(try curlOverHTTP2(sending + [base + "/echo"]) == body)
        let expecting = ["--header", "Expect: 100-continue"]
        #expect(try curlOverHTTP2(expecting + sending + [base + "/echo"]) == body)
        let status = ["--output", "/dev/null", "--write-out", "%{http_version} %{http_code}"]
        #expect(try curlOverHTTP2(status + ["--data", "x", base + "/json"]) == "2 415")
        #expect(try curlOverHTTP2(status + sending + [base + "/json"]) == "2 413")
      }
    }

    private func curlOverHTTP2(_ arguments: [String]) throws -> String {
      let always = ["--http2-prior-knowledge", "--silent", "--show-error", "--max-time", "60"]
      return try run("/usr/bin/curl", always + arguments).output
    }

    @Test(arguments: ["/sync", "/sleep/1", "/page", "/lines/1000"])
    func `h2load sees no error`(path: String) async throws {
      try await ServerUnderTest.running(workers: 2) { server in
        let url = "http://127.0.0.1:\(server.port)\(path)"
        let (status, output) = try run("/usr/bin/h2load", ["-n", "2000", "-c", "8", "-m", "32", url])
        #expect(status == 0)
        #expect(output.contains("2000 succeeded, 0 failed, 0 errored, 0 timeout"), "\(output)")
        #expect(output.contains("2000 2xx"), "\(output)")
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }

    @Test func `wrk sees no error`() async throws {
      try await ServerUnderTest.running(workers: 2) { server in
        let url = "http://127.0.0.1:\(server.port)/sync"
        let (status, output) = try run(
          "/usr/bin/wrk", ["-c", "64", "-t", "2", "-d", "2s", "--timeout", "30s", url])
        #expect(status == 0)
        #expect(output.contains("requests in"), "\(output)")
        #expect(!output.contains("Socket errors"), "\(output)")
        #expect(!output.contains("Non-2xx"), "\(output)")
        #expect(server.eventually { server.connectionCount == 0 })
      }
    }
  }
}
