// .make/packages: which Debian packages each use of the project needs.

struct PackageList {
  private let uses: [String: [String]]

  init() throws {
    var uses: [String: [String]] = [:]
    for line in try Repository.text(".make/packages").split(separator: "\n") where !line.hasPrefix("#") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let entries = line[line.index(after: colon)...].split(separator: " ")
      uses[String(line[..<colon])] = entries.map { String($0.prefix { $0 != "=" }) }
    }
    self.uses = uses
  }

  var names: Set<String> { Set(uses.keys) }

  func packages(for use: String) -> Set<String> {
    Set(uses[use] ?? [])
  }
}
