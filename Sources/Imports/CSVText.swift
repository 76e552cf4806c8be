// Writes what `CSVReader` reads.

package enum CSVText {
  /// A line with its end. Fields are quoted where they must be.
  package static func line(_ fields: [String]) -> String {
    // A single empty field would be an empty line, which readers pass over.
    fields.count == 1 && fields[0].isEmpty ? "\"\"\n" : fields.map(field).joined(separator: ",") + "\n"
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return text }
    var quoted: [UInt8] = [0x22]
    for byte in text.utf8 {
      if byte == 0x22 { quoted.append(byte) }
      quoted.append(byte)
    }
    quoted.append(0x22)
    return String(decoding: quoted, as: UTF8.self)
  }
}
