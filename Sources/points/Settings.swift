// The settings of this process, from its arguments and environment.
import Configuration
import Glibc

enum Settings {
  /// Reads them, or tells the person at the terminal what is wrong.
  static func read(_ arguments: [String], environment: [String: String]) -> ServeConfiguration? {
    do throws(ConfigurationErrors) {
      let reading = try ConfigurationTable.read(
        arguments: arguments, environment: environment, readFile: SecretFile.read)
      for warning in reading.warnings { Terminal.complain("points: warning: \(warning)") }
      return reading.configuration
    } catch {
      Terminal.complain(error.description)
      return nil
    }
  }

  /// The environment, without Foundation.
  static var environment: [String: String] {
    var found: [String: String] = [:]
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let text = unsafe String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        found[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      unsafe next += 1
    }
    return found
  }
}
