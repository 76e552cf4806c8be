// One run: the connections, the places on them that are free, and what is due.

struct LoadRun<Line: LoadLine> {
  /// How long answers are awaited after the last request was due.
  private static var grace: Duration { .seconds(10) }

  private let plan: LoadPlan
  private let lines: [Line]
  private let poller: LinePoller
  private var maker: RequestMaker
  /// The connections with a free place, each as often as it has some; the one that was free first is first.
  private var places: Queue<Int>
  private var sent = 0
  private var underWay = 0
  private var report = LoadReport()
  /// The last answer that counts, or the end if all came before.
  private var lastAnswer = ContinuousClock.now
  private var answers: [LoadAnswer] = []
  private var ready: [LinePoller.Ready] = []
  /// Connections with something to write.
  private var dirty: [Int] = []
  private var isBlocked: [Bool]

  init(_ plan: LoadPlan) throws(LoadError) {
    self.plan = plan
    poller = try LinePoller()
    maker = RequestMaker(plan.subject, seed: .random(in: 1..<1 << 62))
    var lines: [Line] = []
    for number in 0..<plan.connections {
      let line = try Line(LoadSocket(host: plan.host, port: plan.port), plan)
      try poller.add(line.socket, as: number)
      lines.append(line)
    }
    self.lines = lines
    isBlocked = Array(repeating: false, count: lines.count)
    let streams = plan.version == .http1 ? 1 : plan.streams
    places = Queue((0..<streams).flatMap { _ in 0..<plan.connections })
  }

  mutating func carryOut() throws(LoadError) -> LoadReport {
    let start = ContinuousClock.now
    let counted = start + .seconds(plan.warmUpSeconds)
    let end = counted + .seconds(plan.seconds)
    report.unitsPerRequest = plan.subject.units
    lastAnswer = end
    while true {
      let now = ContinuousClock.now
      let next = try sendDue(now, from: start, until: end)
      try flushDirty()
      if underWay == 0 && next == nil { break }
      guard now < end + Self.grace else { break }
      let patience = places.isEmpty ? nil : next.map { $0 - ContinuousClock.now }
      try poller.wait(atMost: patience ?? .milliseconds(100), into: &ready)
      try receive(countedFrom: counted)
    }
    report.elapsed = lastAnswer - counted
    report.unanswered += underWay
    if case .steady(let rate) = plan.pace {
      report.unanswered += max(0, Int(((end - start) / .seconds(1) * rate).rounded(.down)) - sent)
    }
    return report
  }

  /// Sends what is due and has a place; the instant at which the next is due, nil after the last.
  private mutating func sendDue(
    _ now: ContinuousClock.Instant, from start: ContinuousClock.Instant, until end: ContinuousClock.Instant
  ) throws(LoadError) -> ContinuousClock.Instant? {
    while true {
      let due: ContinuousClock.Instant
      switch plan.pace {
      case .asAnswered: due = now
      case .steady(let rate): due = start + .seconds(Double(sent) / rate)
      }
      guard due < end else { return nil }
      guard due <= now, let line = places.popFirst() else { return due }
      maker.next()
      lines[line].send(maker, due: due)
      sent += 1
      underWay += 1
      dirty.append(line)
    }
  }

  private mutating func receive(countedFrom counted: ContinuousClock.Instant) throws(LoadError) {
    for one in ready {
      if one.canRead {
        try answered(by: one.line)
        for answer in answers { count(answer, from: counted) }
        for _ in answers { places.append(one.line) }
        underWay -= answers.count
        answers.removeAll(keepingCapacity: true)
      }
      dirty.append(one.line)
    }
    ready.removeAll(keepingCapacity: true)
  }

  private mutating func answered(by line: Int) throws(LoadError) {
    do throws(LoadError) {
      try lines[line].receive(into: &answers)
    } catch .closed {
      throw .closed(afterAnswers: report.answered)
    }
  }

  private mutating func count(_ answer: LoadAnswer, from counted: ContinuousClock.Instant) {
    guard answer.due >= counted else { return }
    guard (200..<300).contains(answer.status) else {
      report.refused[answer.status, default: 0] += 1
      return
    }
    let now = ContinuousClock.now
    lastAnswer = max(lastAnswer, now)
    report.answered += 1
    report.latencies.record(now - answer.due)
  }

  private mutating func flushDirty() throws(LoadError) {
    for line in dirty {
      let isBlockedNow = try !lines[line].socket.flush()
      guard isBlockedNow != isBlocked[line] else { continue }
      isBlocked[line] = isBlockedNow
      try poller.watch(lines[line].socket, as: line, forRoom: isBlockedNow)
    }
    dirty.removeAll(keepingCapacity: true)
  }
}

/// First in, first out.
private struct Queue<Element> {
  private var elements: [Element]
  private var head = 0

  init(_ elements: [Element]) { self.elements = elements }

  var isEmpty: Bool { head == elements.count }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard !isEmpty else { return nil }
    defer {
      head += 1
      if head > 1_024 && head * 2 > elements.count {
        elements.removeSubrange(..<head)
        head = 0
      }
    }
    return elements[head]
  }
}
