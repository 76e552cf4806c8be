// Where the next page of an explanation begins, with what the first one said of the score: all pages are of
// the same one.
import Boards
import HTTPServer
import Ledger

struct ExplainCursor {
  let standing: ExplainedStanding
  let members: Int64
  let below: Int64

  init(_ standing: ExplainedStanding, members: Int64, below: Int64) {
    self.standing = standing
    self.members = members
    self.below = below
  }

  init(_ text: String, of question: [String], _ user: UserID) throws(Problem) {
    guard let words = PageCursor.numbers(6, in: text, of: question) else { throw .strangeCursor }
    let numbers = words.map { Int64(bitPattern: $0) }
    standing = ExplainedStanding(
      rank: numbers[0], displayName: nil, user: user, score: numbers[1],
      reachedAt: Instant(microseconds: numbers[2]), version: numbers[3], count: nil)
    members = numbers[4]
    below = numbers[5]
    guard standing.version > 0, standing.version < .max, below > 0 else { throw .strangeCursor }
  }

  func text(of question: [String]) -> String {
    let numbers = [
      standing.rank, standing.now.score, standing.now.reachedAt.microseconds, standing.version, members,
      below,
    ]
    return PageCursor(numbers.map { UInt64(bitPattern: $0) }, of: question).text
  }
}
