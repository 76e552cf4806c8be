// Coverage-guided fuzzing of the JSON reader. Whatever the bytes are, they are refused at one of them, or
// read; and what was read must be valid UTF-8, within the limits, and the same when it is written and read
// again. Compiled together with the sources of JSON.

@c(LLVMFuzzerTestOneInput)
func fuzzOneJSONText(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let data = unsafe data else { return 0 }
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  do throws(JSONError) {
    check(try JSONValue(parsing: bytes, limits: limits), readFrom: bytes)
  } catch {
    precondition((0...bytes.count).contains(error.offset), "refused at a byte that is not there")
  }
  return 0
}

/// Small limits, so that the fuzzer reaches them.
private let limits = JSONLimits(depth: 8, values: 200)

private func check(_ value: JSONValue, readFrom bytes: [UInt8]) {
  precondition(count(of: value) <= limits.values, "more values than allowed")
  precondition(depth(of: value) <= limits.depth, "deeper than allowed")
  let compact = value.compactBytes
  // A control character is the only one whose shortest spelling is escaped; nothing else can grow.
  precondition(compact.count <= bytes.count, "writing made it longer")
  precondition(String(validating: compact, as: UTF8.self) != nil, "not UTF-8")
  guard let again = try? JSONValue(parsing: compact, limits: limits) else {
    preconditionFailure("not readable again")
  }
  precondition(again.compactBytes == compact, "another value after a round trip")
  let canonical = value.canonicalBytes
  precondition(canonical.count == compact.count, "the canonical form is a reordering")
  guard let ordered = try? JSONValue(parsing: canonical, limits: limits) else {
    preconditionFailure("the canonical form is not readable")
  }
  precondition(ordered.canonicalBytes == canonical && ordered.compactBytes == canonical, "no fixed point")
}

private func count(of value: JSONValue) -> Int {
  switch value {
  case .null, .bool, .number, .string: 1
  case .array(let values): values.reduce(1) { $0 + count(of: $1) }
  case .object(let object): object.members.reduce(1) { $0 + count(of: $1.value) }
  }
}

private func depth(of value: JSONValue) -> Int {
  switch value {
  case .null, .bool, .number, .string: 0
  case .array(let values): 1 + (values.map(depth(of:)).max() ?? 0)
  case .object(let object): 1 + (object.members.map { depth(of: $0.value) }.max() ?? 0)
  }
}
