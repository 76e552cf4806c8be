// The two ways in which a report is written. Whatever is written before the last line is signed by it.
import LedgerStore

protocol ReportFormat: Sendable {
  static var contentType: StaticString { get }
  static var fileExtension: String { get }

  /// What stands before the first line of the payout.
  func beginning(_ head: ReportHead) -> [UInt8]
  func lines(_ legs: [ReportedLeg], _ head: ReportHead, isFirst: Bool) -> [UInt8]
  /// What stands behind the last one; ends in a line feed.
  func ending(_ tally: ReportTally, _ head: ReportHead) -> [UInt8]
  /// The last line of the file.
  func line(of seal: ReportSeal) -> [UInt8]
}
