// A rule of the house style that a program can check: its sentence, the check, and files that break it. The
// files are the rule's own test, since a check that finds nothing may as well be broken.

import Testing

struct HouseRule: Sendable, CustomTestStringConvertible {
  let sentence: String
  /// The breaches, each as `path:line: what is wrong`.
  let breaches: @Sendable (Repository) -> [String]
  let examples: [Example]

  /// A file that the rule must object to at this line, or leave in peace when there is none.
  struct Example: Sendable {
    let path: String
    let text: String
    let line: Int?

    init(_ path: String, _ text: String, breachAt line: Int?) {
      self.path = path
      self.text = text
      self.line = line
    }
  }

  var testDescription: String { sentence }

  static let all = [
    narrowLines, shortFiles, speakingNames, ideaFirst, noTraps, nothingLeftUndone, noForeignLanguage,
    headedScripts, arrows, cModulesAreEnclosed, noBigLibraries, testsAreSentences,
  ]
}
