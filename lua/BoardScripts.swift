// The Lua scripts, embedded from the files beside this one and named for Swift.
package import RedisClient

/// Every script that Redis runs for us. A client must be made with all of them.
package enum BoardScripts {
  package static let readMarker = RedisScript(name: "read_marker", source: PackageResources.read_marker_lua)

  package static let all = [readMarker]
}
