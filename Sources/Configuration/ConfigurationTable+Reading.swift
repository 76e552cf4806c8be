// From arguments and environment to a configuration. A flag wins over the
// environment and the environment over the default. Everything that is
// wrong is told at once: a deployment should not need one try per mistake.

/// A configuration together with what its author should know but which stops nothing.
package struct ConfigurationReading: Sendable {
  package let configuration: ServeConfiguration
  package let warnings: [ConfigurationWarning]
}

/// Says why a file could not be read; thrown by the closure that reads secrets.
package struct UnreadableFile: Error, Equatable {
  package let reason: String

  package init(reason: String) {
    self.reason = reason
  }
}

extension ConfigurationTable {
  package typealias ReadFile = (_ path: String) throws(UnreadableFile) -> String

  /// Whether the arguments ask for `helpText` instead of a start.
  package static func asksForHelp(_ arguments: [String]) -> Bool {
    arguments.contains("--help") || arguments.contains("-h")
  }

  /// `arguments` are those behind `serve`. Throws every mistake found, in the order of the table.
  package static func read(
    arguments: [String], environment: [String: String], readFile: ReadFile
  ) throws(ConfigurationErrors) -> ConfigurationReading {
    let flags = GivenFlags(arguments)
    var errors = flags.errors
    var configuration = defaults
    for setting in settings {
      do throws(ConfigurationError) {
        guard let given = try givenValue(of: setting, flags, environment, readFile) else { continue }
        try store(given, of: setting, in: &configuration)
      } catch {
        errors.append(error)
      }
    }
    guard errors.isEmpty else { throw ConfigurationErrors(errors: errors) }
    return ConfigurationReading(configuration: configuration, warnings: warnings(about: environment))
  }

  private typealias GivenValue = (name: String, text: String)

  /// Nothing when the default holds.
  private static func givenValue(
    of setting: Setting, _ flags: GivenFlags, _ environment: [String: String], _ readFile: ReadFile
  ) throws(ConfigurationError) -> GivenValue? {
    let environment = environment.filter { !$0.value.isEmpty }
    if let given = try givenValue(setting.flag, setting.fileFlag, in: flags.values, readFile) { return given }
    if let given = try givenValue(setting.variable, setting.fileVariable, in: environment, readFile) {
      return given
    }
    // A flag without its value is an error of its own already; saying that it is missing too would confuse.
    let isReported = flags.withoutValue.contains { $0 == setting.flag || $0 == setting.fileFlag }
    if setting.isRequired && !isReported {
      throw .missing(setting.variable, flag: setting.flag, file: setting.fileVariable)
    }
    return nil
  }

  /// One source at a time, so that a flag can override a file named in the environment.
  private static func givenValue(
    _ name: String, _ fileName: String?, in source: [String: String], _ readFile: ReadFile
  ) throws(ConfigurationError) -> GivenValue? {
    guard let fileName, let path = source[fileName] else {
      return source[name].map { (name, $0) }
    }
    if source[name] != nil { throw .bothGiven(name, fileName) }
    do throws(UnreadableFile) {
      let content = try readFile(path)
      // Editors and `echo` end a file with a line break that is no part of the secret.
      return (fileName, content.last == "\n" || content.last == "\r\n" ? String(content.dropLast()) : content)
    } catch {
      throw .unreadableFile(fileName, path: path, reason: error.reason)
    }
  }

  private static func store(
    _ given: GivenValue, of setting: Setting, in configuration: inout ServeConfiguration
  ) throws(ConfigurationError) {
    do throws(ValueRefusal) {
      try setting.store(given.text, &configuration)
    } catch {
      throw .wrongValue(
        given.name, shown: setting.isSecret ? nil : given.text, error, allowed: setting.allowed)
    }
  }

  private static func warnings(about environment: [String: String]) -> [ConfigurationWarning] {
    let known = variables
    let given = environment.filter { $0.key.hasPrefix("POINTS_") && !$0.value.isEmpty }.keys
    return given.filter { !known.contains($0) }.sorted().map { name in
      .unknownVariable(name, nearest: nearestName(to: name, among: known))
    }
  }
}
