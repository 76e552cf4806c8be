// The continuous verifier of a world, and what it has told.
import Synchronization
import TestSupport
import Verification

final class Told: Sendable {
  private let list = Mutex<[VerifierEvent]>([])

  var events: [VerifierEvent] { list.withLock { $0 } }

  func note(_ event: VerifierEvent) { list.withLock { $0.append(event) } }
}

extension World {
  /// In which a mirror that was taken out of service is built anew, also on a busy machine.
  static let healing = Duration.seconds(60)

  func verifier(
    rate: Int = 50, comparesSums: Bool = true, pause: Duration = .seconds(60), chainPage: Int = 1_000
  ) -> (ContinuousVerifier, Told) {
    let told = Told()
    let verifier = ContinuousVerifier(
      loop: loop, pool: pool, snapshots: comparesSums ? snapshots : nil, boards: boards, catalog: catalog,
      rate: rate, grace: .milliseconds(300), pause: pause, chainPage: chainPage
    ) { told.note($0) }
    return (verifier, told)
  }
}
