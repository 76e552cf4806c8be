// The instructions of the Dockerfile, continued lines joined, grouped by stage.

struct Dockerfile {
  struct Instruction {
    let name: String
    let argument: String
  }

  /// One list for each FROM, which is its first instruction.
  let stages: [[Instruction]]

  init() throws {
    let text = try Repository.text("Dockerfile").replacing("\\\n", with: " ")
    var stages: [[Instruction]] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: " ", maxSplits: 1)
      let instruction = Instruction(name: String(parts[0]), argument: parts.count > 1 ? String(parts[1]) : "")
      if instruction.name == "FROM" { stages.append([]) }
      guard !stages.isEmpty else { continue }
      stages[stages.count - 1].append(instruction)
    }
    self.stages = stages
  }

  /// The argument of the last instruction of this name in the image itself: that is the one that counts.
  func last(_ name: String) -> String? {
    stages.last?.last { $0.name == name }?.argument
  }

  /// The Debian packages that a stage installs.
  static func packages(of stage: [Instruction]) -> Set<String> {
    let commands = stage.filter { $0.name == "RUN" }.flatMap { $0.argument.split(separator: /\s*&&\s*/) }
    let installs = commands.map { $0.split(separator: " ") }.filter {
      $0.starts(with: ["apt-get", "install"])
    }
    return Set(installs.flatMap { $0.dropFirst(2).filter { !$0.hasPrefix("-") }.map(String.init) })
  }
}
