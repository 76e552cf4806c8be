// Commands go into libpq's buffer and leave with the next sync or flush. libpq 15 sends at every sync by
// itself, so how many syncs there are decides how many system calls there are.
import CPostgres

/// How much of the output has left.
enum FlushProgress {
  case done
  case pending
  case failed
}

extension LibpqConnection {
  func prepare(_ name: [CChar], _ text: [CChar], types: [UInt32]) -> Bool {
    unsafe PQsendPrepare(connection, name, text, Int32(types.count), types) == 1
  }

  /// Executes a prepared statement: all parameters binary, and the result too.
  func execute(_ name: [CChar], _ parameters: borrowing PostgresParameters) -> Bool {
    let count = parameters.count
    guard count > 0 else {
      return unsafe PQsendQueryPrepared(connection, name, 0, nil, nil, nil, 1) == 1
    }
    while formats.count < count { formats.append(1) }
    unsafe valuePointers.removeAll(keepingCapacity: true)
    return unsafe parameters.bytes.withUnsafeBytes { bytes in
      for index in 0..<count {
        let isNull = parameters.lengths[index] < 0
        let start = unsafe isNull ? nil : bytes.baseAddress.map { unsafe $0 + parameters.offsets[index] }
        unsafe valuePointers.append(start?.assumingMemoryBound(to: CChar.self))
      }
      return unsafe PQsendQueryPrepared(
        connection, name, Int32(count), valuePointers, parameters.lengths, formats, 1) == 1
    }
  }

  /// Ends a group of commands: the server commits, answers, and goes on after an error only from here.
  func sync() -> Bool {
    unsafe PQpipelineSync(connection) == 1
  }

  func flush() -> FlushProgress {
    switch unsafe PQflush(connection) {
    case 0: .done
    case 1: .pending
    case _: .failed
    }
  }

  // MARK: COPY

  /// Sends a statement without parameters, outside pipeline mode.
  func sendSimple(_ text: [CChar]) -> Bool {
    unsafe PQsendQuery(connection, text) == 1
  }

  /// Adds to the stream; `pending` when libpq's buffer is full.
  func putCopyData(_ bytes: ArraySlice<UInt8>) -> FlushProgress {
    let status = unsafe bytes.withUnsafeBytes { bytes in
      unsafe PQputCopyData(
        connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
    }
    return progress(ofCopy: status)
  }

  /// Ends the stream, or with a reason has the server fail it.
  func putCopyEnd(failure reason: String?) -> FlushProgress {
    let status =
      if let reason { unsafe PQputCopyEnd(connection, reason) } else { unsafe PQputCopyEnd(connection, nil) }
    return progress(ofCopy: status)
  }

  private func progress(ofCopy status: Int32) -> FlushProgress {
    switch status {
    case 1: .done
    case 0: .pending
    case _: .failed
    }
  }

  /// What a COPY brought.
  enum CopyProgress {
    case row
    case pending
    case ended
    case failed
  }

  /// Appends the next row of the stream, if it has arrived.
  func takeCopyData(into bytes: inout [UInt8]) -> CopyProgress {
    var row: UnsafeMutablePointer<CChar>?
    let count = unsafe PQgetCopyData(connection, &row, 1)
    defer { unsafe PQfreemem(row) }
    switch count {
    case 0: return .pending
    case -1: return .ended
    case ..<0: return .failed
    case _:
      unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: row, count: Int(count)))
      return .row
    }
  }
}
