// What a question asked for listeners came to.
import HTTPServer

struct LiveAnswer: Sendable {
  let event: LiveEvent
  /// How far the mirror was that told; nil for what did not come from a mirror: that says nothing of how the
  /// mirror will answer while it stays as it is.
  let position: Int64?
}

extension BoardDesk {
  func liveAnswer(to question: BoardQuestion) async -> LiveAnswer {
    do throws(Problem) {
      let answer = try await answer(to: question)
      let event = answer.value.map { LiveEvent($0) } ?? LiveEvent(.notRanked)
      return LiveAnswer(event: event, position: answer.origin.position)
    } catch {
      return LiveAnswer(event: LiveEvent(error), position: nil)
    }
  }
}
