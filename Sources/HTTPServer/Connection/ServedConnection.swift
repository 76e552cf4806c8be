// A worker serves connections of either version of HTTP; this is what it has to know of one, and what both
// share: their deadlines.
import EventLoop

/// A connection of a worker, used on the worker's loop only.
protocol ServedConnection: SocketOwner, DeadlineOwner {
  var worker: HTTPWorker { get }
  var socket: Socket { get }
  var deadlines: ConnectionDeadlines { get set }
  var isClosed: Bool { get }
  /// Whether the client has said its last word; it may still read.
  var inputEnded: Bool { get }

  /// The server stops: the connection ends when what it has accepted is answered.
  func drain()
  /// The time to drain is over.
  func cut()
  func phaseDeadlinePassed()
  /// The client takes too little of what it is sent.
  func giveUpReader()
}
