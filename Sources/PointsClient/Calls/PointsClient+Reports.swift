// Reports of payouts: files that prove themselves, to be kept as they came.

/// In which form a report is made.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// A table for whoever keeps the books.
  case csv
  /// One JSON document.
  case json
}

extension PointsClient {
  /// The report of a payout that is at its end, signed by the service, byte for byte as it is to be kept: any
  /// change breaks the signature. The client takes answers of up to 16 MiB, which are some forty thousand
  /// lines of a payout; get a larger report with a program that writes it to a file while it comes.
  public func distributionReport(
    id: String, format: ReportFormat = .csv
  ) async throws(PointsError) -> [UInt8] {
    var target = Target("/points/distributions")
    target.append(part: id)
    target.append(part: "report")
    target.append("format", format.rawValue)
    return try await answer(to: .read(target)).body
  }

  /// The public half of the key that the service signs reports with now. Keep it: reports are checked with
  /// the key that was in use when they were made.
  public func reportKey() async throws(PointsError) -> ReportKey {
    try await value(of: .read(Target("/points/report-key")))
  }
}
