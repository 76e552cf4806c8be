// Short ways to read a configuration in a test: the required database is there unless the test leaves it out.

@testable import Configuration

let database = "postgres://points:hunter2@db.example:5432/points"

func reading(
  _ arguments: [String] = [], _ environment: [String: String] = [:], files: [String: String] = [:]
) throws(ConfigurationErrors) -> ConfigurationReading {
  let names = ["POINTS_DATABASE_URL", "POINTS_DATABASE_URL_FILE"]
  let hasDatabase = environment.keys.contains { names.contains($0) }
  let complete = hasDatabase ? environment : environment.merging([names[0]: database]) { given, _ in given }
  return try ConfigurationTable.read(arguments: arguments, environment: complete) {
    path throws(UnreadableFile) in
    guard let content = files[path] else { throw UnreadableFile(reason: "no such file") }
    return content
  }
}

/// The mistakes found, none when the configuration is accepted.
func errors(
  _ arguments: [String] = [], _ environment: [String: String] = [:], files: [String: String] = [:]
) -> [ConfigurationError] {
  do throws(ConfigurationErrors) {
    _ = try reading(arguments, environment, files: files)
    return []
  } catch {
    return error.errors
  }
}
