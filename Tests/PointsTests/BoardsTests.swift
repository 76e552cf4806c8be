// `points boards apply`, as whoever keeps his boards in a file uses it.
import Foundation
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct BoardsTests {
    private static let league = #"{"name":"league","period":"weekly","timeZone":"Europe/Berlin"}"#
    private static let cup = """
      {"name":"cup","period":"seasons","eachCategory":true,"seasons":[{"label":"one",\
      "startsAt":"2026-01-01T00:00:00Z","endsAt":"2126-01-01T00:00:00Z"}]}
      """

    @Test func `what is missing is defined, and applying it again changes nothing`() async throws {
      let desk = try BoardDesk(url: try await LedgerDatabase.make().url)
      let made = try desk.apply([Self.league, Self.cup])
      #expect(made.ending == .exited(0), "\(made.complaints)")
      #expect(made.output == "league: defined\ncup: defined\n")
      let again = try desk.apply([Self.cup, Self.league])
      #expect(again.ending == .exited(0))
      #expect(again.output == "cup: as it is to be\nleague: as it is to be\n")
    }

    @Test func `names and descriptions are brought to what the file says`() async throws {
      let desk = try BoardDesk(url: try await LedgerDatabase.make().url)
      #expect(try desk.apply([#"{"name":"league","description":"By weeks."}"#]).ending == .exited(0))
      let renamed = [#"{"name":"league","displayName":"The league"}"#]
      #expect(try desk.apply(renamed).output == "league: renamed\n")
      #expect(try desk.apply(renamed).output == "league: as it is to be\n")
    }

    @Test func `a board that differs in what never changes keeps the whole list from being done`()
      async throws
    {
      let desk = try BoardDesk(url: try await LedgerDatabase.make().url)
      #expect(try desk.apply([Self.league, Self.cup]).ending == .exited(0))
      let different = try desk.apply([
        #"{"name":"league","period":"monthly","minScore":1}"#,
        Self.cup.replacingOccurrences(of: #""label":"one""#, with: #""label":"two""#),
        #"{"name":"other"}"#, #"{"name":"third","pointType":"gems"}"#,
      ])
      #expect(different.ending == .exited(2) && different.output.isEmpty)
      let never = "it is another board in what never changes"
      #expect(different.complaints.contains("league: \(never): period, timeZone, minScore\n"))
      #expect(different.complaints.contains("cup: \(never): seasons\n"))
      #expect(different.complaints.contains("other: not done, because of another board of the list\n"))
      #expect(different.complaints.contains("third: there is no point type gems\n"))
      // Nothing was done, so it is missing still.
      #expect(try desk.apply([#"{"name":"other"}"#]).output == "other: defined\n")
    }

    @Test(arguments: [
      ("", "must be a JSON object"), (#"{"boards":[]}"#, "boards"), (#"{"board":[{"name":"a"}]}"#, "boards"),
      (#"{"boards":[{"name":"a"},{"name":"b","metrics":"net"}]}"#, "Board 2"),
      (#"{"boards":[{"name":"a"},{"name":"a"}]}"#, "is there already"),
      (#"{"boards":[{"name":"balance"}]}"#, "which there are already"),
    ])
    func `a file that is no list of boards is a mistake of its author`(text: String, words: String) throws {
      let run = try BoardDesk(url: "postgresql://u@127.0.0.1:1/d").apply(text: text)
      #expect(run.ending == .exited(2) && run.complaints.contains(words), "\(run.complaints)")
    }

    @Test(arguments: [[], ["apply"], ["apply", "a", "b"], ["list"], ["apply", "/nowhere/boards.json"]])
    func `a mistaken request is a mistake of its author, too`(arguments: [String]) throws {
      let run = try Program.run(
        ["boards"] + arguments, environment: ["POINTS_DATABASE_URL": "postgresql://u@127.0.0.1:1/d"])
      #expect(run.ending == .exited(2) && run.output.isEmpty && !run.complaints.isEmpty)
    }
  }
}

private struct BoardDesk {
  let url: String
  private let folder: TemporaryDirectory

  init(url: String) throws {
    self.url = url
    folder = try TemporaryDirectory()
  }

  func apply(_ boards: [String]) throws -> (ending: Ending, output: String, complaints: String) {
    try apply(text: #"{"boards":[\#(boards.joined(separator: ","))]}"#)
  }

  func apply(text: String) throws -> (ending: Ending, output: String, complaints: String) {
    let path = folder.path + "/boards.json"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try Program.run(
      ["boards", "apply", path], environment: ["POINTS_DATABASE_URL": url, "POINTS_CATEGORIES": "pve,pvp"])
  }
}
