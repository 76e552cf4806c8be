// A connection to the service, of either version.

protocol LoadLine: AnyObject {
  var socket: LoadSocket { get }

  init(_ socket: LoadSocket, _ plan: LoadPlan) throws(LoadError)

  /// Puts the request into the socket's output. It is the caller's to see that a place is free.
  func send(_ request: borrowing RequestMaker, due: ContinuousClock.Instant)

  /// Reads what has arrived, and appends what it answers.
  func receive(into answers: inout [LoadAnswer]) throws(LoadError)
}

struct LoadAnswer {
  /// Zero where the service ended a stream without an answer.
  let status: Int
  /// When the request was due.
  let due: ContinuousClock.Instant
}
