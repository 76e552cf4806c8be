// Values as bytes again: in their own order for storing, and in one order that all orders share for
// comparing.

extension JSONValue {
  /// Without blanks, members in the order they were sent, numbers as they were spelt.
  package var compactBytes: [UInt8] {
    var bytes = GrowingBytes(reservingCapacity: 256)
    append(to: &bytes, namesInOrder: false)
    return bytes.array
  }

  /// Without blanks, members in the order of their names' bytes, numbers as they were spelt. Two texts that
  /// differ only in blanks, escapes or the order of members have the same canonical bytes, so that these can
  /// be fingerprinted. The spelling of numbers counts: 1, 1.0 and 1e0 are three.
  package var canonicalBytes: [UInt8] {
    var bytes = GrowingBytes(reservingCapacity: 256)
    append(to: &bytes, namesInOrder: true)
    return bytes.array
  }

  private func append(to bytes: inout GrowingBytes, namesInOrder: Bool) {
    switch self {
    case .null: bytes.append("null")
    case .bool(let value): bytes.append(value ? "true" : "false")
    case .number(let number): number.append(to: &bytes)
    case .string(let text): bytes.appendQuoted(text)
    case .array(let values):
      bytes.append(0x5B)
      for index in values.indices {
        if index > 0 { bytes.append(0x2C) }
        values[index].append(to: &bytes, namesInOrder: namesInOrder)
      }
      bytes.append(0x5D)
    case .object(let object):
      bytes.append(0x7B)
      let members = namesInOrder ? object.membersByName : object.members
      for index in members.indices {
        if index > 0 { bytes.append(0x2C) }
        bytes.appendQuoted(members[index].name)
        bytes.append(0x3A)
        members[index].value.append(to: &bytes, namesInOrder: namesInOrder)
      }
      bytes.append(0x7D)
    }
  }
}

extension JSONObject {
  fileprivate var membersByName: [Member] {
    members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
