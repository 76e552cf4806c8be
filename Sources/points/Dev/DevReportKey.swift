// The key by which `points dev` signs reports of payouts. It is made once and kept beside the data, readable
// by their owner only, so that a report of yesterday can be checked today.
import API
import Configuration

enum DevReportKey {
  /// The key of the last run, else a new one.
  static func take(in directory: String) -> Secret {
    let path = "\(directory)/report-key"
    if let kept = try? SecretFile.read(path).trimmed, ReportKey(text: kept) != nil { return Secret(kept) }
    let made = ReportKey.makeText()
    SecretFile.keep(made, in: path)
    return Secret(made)
  }
}
