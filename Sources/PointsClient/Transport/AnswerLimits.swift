// How much the service, or whoever stands in its place, may make us keep.

struct AnswerLimits: Sendable {
  var headBytes = 16 * 1024
  var bodyBytes = 16 * 1024 * 1024
  /// Bodies of one connection of HTTP/2 together, as much as eight connections of HTTP/1.1 may bring.
  var connectionBytes = 128 * 1024 * 1024
  /// Answers of status 1xx before the real one.
  var interimAnswers = 8
  /// The line with a chunk's size, its extensions included.
  var chunkLineBytes = 256
}
