// A record as it was read: the bytes of its fields one behind the other, and where each ends.

package struct CSVRecord: Sendable, Equatable {
  /// Where it begins, counted from 1 in lines of the file: a quoted field may go on over several.
  package let line: Int
  package internal(set) var bytes: [UInt8] = []
  package internal(set) var ends: [Int] = []
  /// The first thing wrong with it. Its fields are then no more than a help to find it.
  package internal(set) var defect: CSVDefect?

  init(line: Int) {
    self.line = line
  }

  package var count: Int { ends.count }

  package func field(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// All fields as they can be shown to a person, whatever their bytes.
  package var texts: [String] {
    ends.indices.map { String(decoding: field($0), as: UTF8.self) }
  }
}
