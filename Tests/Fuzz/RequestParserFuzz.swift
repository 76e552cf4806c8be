// Fuzzing of the request parser. The first two bytes of an input choose how the rest is
// cut and which limits hold; the rest is what a caller sends. However it is cut, the
// same must come of it, and no more may be held than the limits allow. What is read from
// an accepted request (path, query, fields) must not fail in any way but its own errors.

/// Unlike a precondition, this tells its sentence in optimised builds too.
private func require(_ holds: Bool, _ sentence: @autoclosure () -> String) {
  if !holds { fatalError(sentence()) }
}

/// What came of a delivery, as text: easy to compare and to read in a report.
private struct Delivery {
  var events: [String] = []

  mutating func deliver(_ bytes: [UInt8], cutAt cuts: [Int], limits: RequestLimits) {
    var parser = RequestParser(limits: limits)
    var start = 0
    for end in cuts + [bytes.count] {
      let piece = Array(bytes[start..<end])
      start = end
      var offset = 0
      pieces: while true {
        switch parser.consume(piece.span, from: &offset) {
        case .needMore:
          require(offset == piece.count, "needMore left bytes behind.")
          break pieces
        case .head(let request):
          note(request)
        case .complete(let body):
          require(body.count <= limits.body, "A body went over its limit.")
          events.append("complete \(body)")
        case .failed(let failure):
          require(parser.bytesHeld == 0, "A failed parser holds memory.")
          events.append("failed \(failure)")
          return
        }
      }
      check(parser.bytesHeld, limits)
    }
    events.append("idle \(parser.isIdle)")
  }

  /// The allocator rounds sizes up, by less than a quarter.
  private func check(_ held: Int, _ limits: RequestLimits) {
    let allowed = limits.head + limits.body + limits.fieldCount * 16
    require(held <= allowed + allowed / 4 + 512, "The parser holds \(held) bytes.")
  }

  private mutating func note(_ request: HTTPRequest) {
    events.append("\(request.methodName) \(request.rawPath) \(request.rawQuery) \(request.authority)")
    events.append("\(request.version) \(request.framing) \(request.keepAlive) \(request.expectsContinue)")
    for field in request.headers.all {
      let isClean = (field.name + field.value).utf8.allSatisfy { $0 != 0 && $0 != 0x0A && $0 != 0x0D }
      require(isClean, "A line end or a NUL came into a field.")
      events.append("\(field.name): \(field.value)")
    }
    _ = request.headers.accepts("application/json")
    _ = request.headers.hasContentType("application/json")
    _ = request.headers.requestID
    _ = try? request.headers.only("x")
    _ = try? request.pathSegments()
    _ = try? request.query.all()
    _ = try? request.query.string("a")
    if case .found(_, _, let parameters) = fuzzedRouter.match(request) {
      if parameters.count > 0, let text = try? parameters.string("c") {
        require(!text.isEmpty && !text.utf8.contains(0), "A parameter is empty or holds a NUL.")
      }
    }
  }
}

private let fuzzedRouter: Router<Int> = {
  var router = Router<Int>()
  router.on(.get, "/", 0)
  router.on(.get, "/a/b", 1)
  router.on(.post, "/a/{c}", 2)
  router.on(.get, "/{c}/d/{e}", 3)
  return router
}()

private func limits(small: Bool) -> RequestLimits {
  var limits = RequestLimits()
  guard small else { return limits }
  limits.requestLine = 48
  limits.head = 160
  limits.fieldCount = 4
  limits.body = 40
  limits.chunkExtensions = 12
  limits.trailers = 32
  return limits
}

private func cuts(of count: Int, choice: UInt8) -> [Int] {
  guard count > 1 else { return [] }
  if choice == 0, count <= 4096 { return Array(1..<count) }
  var state = UInt64(choice) &+ 1
  var places: Set<Int> = []
  for _ in 0..<(Int(choice % 8) + 1) {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    places.insert(1 + Int((state >> 33) % UInt64(count - 1)))
  }
  return places.sorted()
}

/// The engine lends the input for the time of the call; it is copied at once.
@c(LLVMFuzzerTestOneInput)
public func fuzzRequestParser(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard input.count > 2 else { return 0 }
  let bytes = Array(input[2...])
  let limits = limits(small: input[1] & 1 == 1)
  var whole = Delivery()
  whole.deliver(bytes, cutAt: [], limits: limits)
  var cut = Delivery()
  cut.deliver(bytes, cutAt: cuts(of: bytes.count, choice: input[0]), limits: limits)
  require(whole.events == cut.events, "Cutting changed what came: \(whole.events) and \(cut.events)")
  return 0
}
