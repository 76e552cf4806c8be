// What this binary is.
import JSON

/// The release a process runs, as `/version` and `points version` tell it.
package struct Release: Sendable {
  package let version: String

  package static let current = Release(version: "0.1.0")

  func encoded() -> [UInt8] {
    var json = JSONWriter(reservingCapacity: 64)
    json.object {
      $0.field("name", "points")
      $0.field("version", version)
    }
    return json.finish()
  }
}
