// Boards as a file lists them: each as the body of a request that defines one.
import HTTPServer

/// The boards that there are to be.
package struct BoardList: Sendable {
  /// What is wrong with a list.
  package struct Mistake: Error {
    package let sentence: String
  }

  private static let most = 1_000

  package let drafts: [BoardDraft]

  /// From `{"boards": [...]}`.
  package init(bytes: [UInt8]) throws(Mistake) {
    var items = try Self.items(bytes)
    var drafts: [BoardDraft] = []
    for index in items.indices {
      let draft: BoardDraft
      do throws(Problem) {
        draft = try BoardDraft(reading: &items[index])
      } catch {
        throw Mistake(sentence: "Board \(index + 1): \(error.detail)")
      }
      guard !drafts.contains(where: { $0.name == draft.name }) else {
        throw Mistake(sentence: "Board \(index + 1): \"\(draft.name)\" is there already.")
      }
      drafts.append(draft)
    }
    self.drafts = drafts
  }

  private static func items(_ bytes: [UInt8]) throws(Mistake) -> [RequestBody] {
    do throws(Problem) {
      var body = try RequestBody(bytes: bytes)
      let items = try body.objects("boards", count: 1...most)
      try body.finish()
      return items
    } catch {
      throw Mistake(sentence: error.detail)
    }
  }
}
