// Where one header field lies in the bytes of its head. Sixteen bits are
// enough because a head is never longer than 65,535 bytes (`RequestLimits`
// holds to that), and keep a head's whole index in one small allocation.

struct FieldRange: Sendable, Equatable {
  let nameStart: UInt16
  let nameEnd: UInt16
  let valueStart: UInt16
  /// Behind the last byte that is not blank; equal to `valueStart` when the value is empty.
  let valueEnd: UInt16

  var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
  var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}
