// What is asked for listeners, when, and who is told: with boards that answer as the test says, and a clock
// that only the test moves.
import EventLoop
import Ledger
import TestSupport
import Testing

@testable import API

@Suite struct LiveBoardsTests {
  @Test(arguments: [nil, 4] as [Int64?])
  func `an answer that is not of the board as it was seen is asked for again`(position: Int64?) async throws {
    try await withBoards { boards, live, time in
      boards.show(ScriptedBoards.pulse(at: 5))
      boards.answerAll(ScriptedBoards.board("old", at: position))
      let hearers = ["ada", "bob"].map { HearerUnderTest(live, ScriptedBoards.rank(of: $0), on: time.loop) }
      await time.turns(4)
      #expect(hearers.map(\.heard) == [["old"], ["old"]])
      // Nothing was posted since: the board looks as before.
      boards.answerAll(ScriptedBoards.board("new", at: 5))
      await time.turns(4)
      #expect(hearers.map(\.heard) == [["old", "new"], ["old", "new"]])
      await expectSilence(boards, time)
      for hearer in hearers { hearer.leave() }
    }
  }

  @Test func `that boards could not be read is taken back on a board that nobody changes`() async throws {
    try await withBoards { boards, live, time in
      boards.show(ScriptedBoards.pulse(at: 5))
      boards.answerAll(ScriptedBoards.unavailable)
      let hearers = ["ada", "bob"].map { HearerUnderTest(live, ScriptedBoards.rank(of: $0), on: time.loop) }
      await time.turns(4)
      boards.answerAll(ScriptedBoards.board("there", at: 5))
      await time.turns(4)
      #expect(hearers.map(\.heard) == Array(repeating: ["unavailable", "there"], count: 2))
      for hearer in hearers { hearer.leave() }
    }
  }

  @Test func `who comes later is told at once what the others know, and they are not told again`()
    async throws
  {
    try await withBoards { boards, live, time in
      boards.answerAll(ScriptedBoards.board("first", at: 5))
      let name = ScriptedBoards.name(.page(offset: 0, limit: 3), perSecond: 1)
      let early = HearerUnderTest(live, name, on: time.loop)
      await time.turns(4)
      let late = HearerUnderTest(live, name, on: time.loop)
      let known = HearerUnderTest(live, name, having: early.events.first?.id, on: time.loop)
      _ = boards.takeAsked()
      await time.turns(4)
      #expect(late.heard == ["first"] && early.heard == ["first"] && known.heard == [])
      #expect(boards.takeAsked().count == 1)
      for hearer in [early, late, known] { hearer.leave() }
    }
  }

  @Test func `whom a latecomer's question tells more than others is told with them what comes then`()
    async throws
  {
    try await withBoards { boards, live, time in
      boards.answerAll(ScriptedBoards.board("first", at: 5))
      let name = ScriptedBoards.name(.page(offset: 0, limit: 3), perSecond: 1)
      let early = HearerUnderTest(live, name, on: time.loop)
      await time.turns(4)
      boards.answerAll(ScriptedBoards.board("second", at: 6))
      let late = HearerUnderTest(live, name, on: time.loop)
      await time.turns(4)
      #expect(late.heard == ["second"] && early.heard == ["first"], "once a second is once a second")
      // Back to what the others have: for them there is no news, for him there is.
      boards.answerAll(ScriptedBoards.board("first", at: 7))
      await time.turns(40)
      #expect(late.heard == ["second", "first"] && early.heard == ["first"])
      for hearer in [early, late] { hearer.leave() }
    }
  }

  @Test func `who was busy is told the newest state when he listens again, and it is kept for nobody`()
    async throws
  {
    try await withBoards { boards, live, time in
      boards.answerAll(ScriptedBoards.board("one", at: 1))
      let name = ScriptedBoards.name(.page(offset: 0, limit: 3))
      let (busy, other) = (
        HearerUnderTest(live, name, on: time.loop), HearerUnderTest(live, name, on: time.loop)
      )
      busy.isBusy = true
      await time.turns(3)
      for (position, content) in [(2, "two"), (3, "three")] {
        boards.answerAll(ScriptedBoards.board(content, at: Int64(position)))
        await time.turns(3)
      }
      #expect(busy.heard == ["one"] && other.heard == ["one", "two", "three"])
      busy.listenAgain()
      await time.turns(3)
      #expect(busy.heard == ["one", "three"] && other.heard == ["one", "two", "three"])
      for hearer in [busy, other] { hearer.leave() }
    }
  }

  @Test func `a turn asks for no more rows than it may, and everything has its turn`() async throws {
    var options = LiveBoards.Options()
    options.rowsAtOnce = 1000
    try await withBoards(options) { boards, live, time in
      // Boards on which everything changes all the time.
      let hearers = (0..<100).map { index in
        let page = BoardQuestion.Kind.page(offset: Int64(index * 100), limit: 100)
        return HearerUnderTest(live, ScriptedBoards.name(page), of: 1, on: time.loop)
      }
      let other = HearerUnderTest(live, ScriptedBoards.rank(of: "ada"), of: 2, on: time.loop)
      var (asked, most): ([BoardQuestion: Int], Int) = ([:], 0)
      for round in 1...23 {
        boards.answerAll(ScriptedBoards.board("\(round)", at: Int64(round)))
        await time.turns(1)
        let questions = boards.takeAsked()
        most = max(most, questions.count)
        for question in questions { asked[question, default: 0] += 1 }
      }
      #expect(most == 9, "nine pages of a hundred rows, and what looking for them costs")
      #expect(asked.count == 101 && asked.values.allSatisfy { 1...3 ~= $0 }, "\(asked.values)")
      #expect(other.events.count >= 1)
      for hearer in hearers + [other] { hearer.leave() }
    }
  }

  @Test func `boards are looked at a few at a time`() async throws {
    var options = LiveBoards.Options()
    options.boardsAtOnce = 4
    try await withBoards(options) { boards, live, time in
      boards.show(ScriptedBoards.pulse(at: 1))
      var hearers: [HearerUnderTest] = []
      for type in 0..<20 {
        for limit in 1...2 {
          let name = ScriptedBoards.name(.page(offset: 0, limit: Int64(limit)), ofType: UInt64(type))
          hearers.append(HearerUnderTest(live, name, on: time.loop))
        }
      }
      for _ in 0..<8 {
        let before = boards.looks
        await time.turns(1)
        #expect(boards.looks - before <= 4)
      }
      #expect(hearers.allSatisfy { $0.heard == ["nothing"] })
      for hearer in hearers { hearer.leave() }
    }
  }

  /// A quiet board costs looks and no questions.
  private func expectSilence(_ boards: ScriptedBoards, _ time: ManualTime) async {
    await time.turns(4)
    _ = boards.takeAsked()
    let looks = boards.looks
    await time.turns(10)
    #expect(boards.takeAsked().isEmpty && boards.looks > looks)
  }
}

extension ManualTime {
  /// So many turns of live boards, and a little more.
  fileprivate func turns(_ count: Int) async {
    for _ in 0..<count { await advance(by: .milliseconds(26)) }
  }
}

private func withBoards(
  _ options: LiveBoards.Options = LiveBoards.Options(),
  _ body: @escaping @Sendable (ScriptedBoards, LiveBoards, ManualTime) async throws -> Void
) async throws {
  let clock = ManualClock()
  try await onNewLoop(clock: .manual(clock)) { loop in
    let boards = ScriptedBoards()
    let live = LiveBoards(boards.source, allowance: ListenerAllowance(1000), options, on: loop)
    let time = ManualTime(clock: clock, loop: loop)
    let lead = HearerUnderTest(live, ScriptedBoards.lead, of: 9, on: loop)
    await time.settle()
    try await body(boards, live, time)
    lead.leave()
    live.end()
    await time.advance(by: .milliseconds(30))
    #expect(live.counters.listeners == 0)
  }
}
