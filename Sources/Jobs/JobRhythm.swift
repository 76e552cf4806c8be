// How often a runner does what it does again and again.

package struct JobRhythm: Sendable {
  /// Between two looks at what is due; up to a tenth more or less, so that processes started together do not
  /// look together for ever.
  package var look = Duration.seconds(1)
  /// Between two times of saying when jobs are due.
  package var register = Duration.seconds(60)
  /// Between two prolongations of the lease of a run.
  package var keep = Duration.seconds(1)
  /// How long a lease lasts: the work of a process that died passes on after this time.
  package var lease = Duration.seconds(10)

  package init() {}

  /// With leases of another length, of which several prolongations may fail.
  package init(lease: Duration) {
    self.lease = lease
    keep = min(keep, lease / 4)
  }

  var lookWithJitter: Duration {
    let tenth = max(1, look.wholeMilliseconds / 10)
    return look + .milliseconds(Int64.random(in: -tenth...tenth))
  }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }

  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
