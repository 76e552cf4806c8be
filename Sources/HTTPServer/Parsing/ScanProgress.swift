/// How far a scanner came with the bytes it was given.
enum ScanProgress: Equatable {
  /// All bytes were taken, and the part is not complete.
  case more
  /// The part is complete; the position stands behind its last byte.
  case done
  case failed(ParseFailure)
}
