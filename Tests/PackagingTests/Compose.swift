// docker-compose.yml as data. Python reads the YAML: a parser of our own would prove nothing.

import Foundation
import Testing

struct Compose {
  private let document: [String: Any]

  init() throws {
    let script = "import json, yaml; print(json.dumps(yaml.safe_load(open('docker-compose.yml'))))"
    let answer = try Repository.run("/usr/bin/python3", ["-c", script])
    try #require(answer.status == 0, "\(String(decoding: answer.output, as: UTF8.self))")
    document = try #require(JSONSerialization.jsonObject(with: answer.output) as? [String: Any])
  }

  var serviceNames: Set<String> {
    Set((document["services"] as? [String: Any] ?? [:]).keys)
  }

  var volumeNames: Set<String> {
    Set((document["volumes"] as? [String: Any] ?? [:]).keys)
  }

  func service(_ name: String) throws -> [String: Any] {
    let services = try #require(document["services"] as? [String: Any])
    return try #require(services[name] as? [String: Any])
  }

  func environment(of name: String) throws -> [String: String] {
    try service(name)["environment"] as? [String: String] ?? [:]
  }

  func strings(_ key: String, of name: String) throws -> [String] {
    try service(name)[key] as? [String] ?? []
  }
}
