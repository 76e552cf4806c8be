// Work that takes longer than an answer, and more of it than is taken on.
import EventLoop
import HTTPServer
import TestSupport
import Testing

@testable import API

@Suite struct PatientDeskTests {
  private static let words = PatientDesk.Words(overloaded: "Too much.", unfinished: "It goes on.")

  @Test func `no more is taken on than there may be, and what is done makes room`() async throws {
    try await onNewLoop { loop in
      let desk = PatientDesk(waitersMax: 2, requestTimeout: .seconds(30), on: loop)
      let gates = [OneShot<Void>(), OneShot<Void>()]
      let answers = [OneShot<String>(), OneShot<String>()]
      for (gate, answer) in zip(gates, answers) {
        loop.spawn {
          let told = await Self.ask(desk) {
            await gate.value()
            return .success("done")
          }
          answer.fulfil(told)
        }
      }
      let third = await Self.ask(desk) { .success("at once") }
      #expect(third == "overloaded")
      for gate in gates { gate.fulfil(()) }
      for answer in answers {
        let told = await answer.value()
        #expect(told == "done")
      }
      let fourth = await Self.ask(desk) { .success("at once") }
      #expect(fourth == "at once")
      let refused = await Self.ask(desk) { .failure(Problem(.notFound, "Gone.")) }
      #expect(refused == "not_found")
    }
  }

  @Test func `whoever cannot wait longer is told so, and the work goes on`() async throws {
    try await onNewLoop { loop in
      let desk = PatientDesk(waitersMax: 1, requestTimeout: .milliseconds(1_020), on: loop)
      let (gate, done) = (OneShot<Void>(), OneShot<Void>())
      let told = await Self.ask(desk) {
        await gate.value()
        done.fulfil(())
        return .success("done")
      }
      #expect(told == "unavailable")
      // It counts until it is done.
      let another = await Self.ask(desk) { .success("at once") }
      #expect(another == "overloaded")
      gate.fulfil(())
      await done.value()
    }
  }

  /// What the answer says, or the code of the problem.
  private static func ask(
    _ desk: PatientDesk, _ work: @escaping @Sendable () async -> Result<String, Problem>
  ) async -> String {
    do throws(Problem) {
      return try await desk.answer(words, work)
    } catch {
      return "\(error.code.name)"
    }
  }
}
