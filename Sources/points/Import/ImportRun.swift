// An import from its first byte to its last: reads, cuts into portions, has some of them under way at once,
// and takes their outcomes in the order of the file. What is held in memory is bounded by the portions.
import API
import Configuration
import EventLoop
import Imports
import Ledger
import LedgerStore
import Service

/// Used on its loop only.
final class ImportRun: @unchecked Sendable {
  private typealias Settling = OneShot<Result<ImportPortion.Outcome, CommandFailure>>

  private(set) var tally = ImportTally()
  private let request: ImportRequest
  private let desk: LedgerDesk
  private let types: ImportTypes
  private let file: ImportFile
  private let report: ImportReport
  private let bar: ProgressBar
  private let latest: Instant
  private var header: ImportHeader?
  private var entries: [ImportPortion.Entry] = []
  private var underWay: [(bytes: Int64, settling: Settling)] = []
  private var bytesRead: Int64 = 0
  /// A run that was stopped is gone on with: what it had done is looked up and not posted again. Where
  /// nothing is found any more, the look is left out.
  private var looksBack = true

  init(
    _ request: ImportRequest, _ file: ImportFile, _ report: ImportReport, _ bar: ProgressBar,
    at desk: LedgerDesk
  ) {
    self.request = request
    self.desk = desk
    types = ImportTypes(request, at: desk)
    self.file = file
    self.report = report
    self.bar = bar
    let ahead = desk.configuration.occurredFuture.components.seconds
    latest = Instant(microseconds: Instant.now.microseconds + ahead * 1_000_000)
  }

  func run() async throws(CommandFailure) {
    var reader = CSVReader()
    show(0)
    do throws(CommandFailure) {
      while let piece = try await file.read(on: desk.loop) {
        bytesRead += Int64(piece.count)
        var records: [CSVRecord] = []
        reader.read(piece) { records.append($0) }
        try await take(records)
      }
      var records: [CSVRecord] = []
      reader.finish { records.append($0) }
      try await take(records)
      try await begin()
      while !underWay.isEmpty { try await finishFirst() }
    } catch {
      // What is under way uses what the caller is about to close.
      for (_, settling) in underWay { _ = await settling.value() }
      throw error
    }
    guard header != nil else { throw CommandFailure(description: "the file is empty; it must have a header") }
  }

  private func take(_ records: [CSVRecord]) async throws(CommandFailure) {
    for record in records {
      if let header = try readHeader(record) {
        entries.append(ImportPortion.Entry(record: record, reading: reading(record, header)))
        if entries.count == LedgerDesk.legsPerPortion { try await begin() }
      }
    }
  }

  /// Nothing for the header itself.
  private func readHeader(_ record: CSVRecord) throws(CommandFailure) -> ImportHeader? {
    if let header { return header }
    let header: ImportHeader
    do throws(ImportHeader.Mistake) {
      header = try ImportHeader(record)
    } catch {
      throw CommandFailure(description: error.sentence)
    }
    self.header = header
    try report.begin(header)
    return nil
  }

  private func reading(_ record: CSVRecord, _ header: ImportHeader) -> Result<ImportLine, LineRefusal> {
    do throws(LineRefusal) {
      return .success(
        try ImportLine(record, header, latest: latest) { Instant(rfc3339: $0) })
    } catch {
      return .failure(error)
    }
  }

  // MARK: Portions

  private func begin() async throws(CommandFailure) {
    guard !entries.isEmpty else { return }
    if underWay.count == LedgerDesk.portionsAtOnce { try await finishFirst() }
    let portion = ImportPortion(entries: entries, looksBack: looksBack)
    entries.removeAll(keepingCapacity: true)
    let settling = Settling()
    underWay.append((bytesRead, settling))
    let (request, types, desk) = (request, types, desk)
    desk.loop.spawn {
      do throws(CommandFailure) {
        settling.fulfil(.success(try await portion.settle(request, types, at: desk)))
      } catch {
        settling.fulfil(.failure(error))
      }
    }
  }

  private func finishFirst() async throws(CommandFailure) {
    let (bytes, settling) = underWay.removeFirst()
    let outcome = try await settling.value().get()
    looksBack = outcome.metKnownLines
    tally.add(outcome.tally)
    try report.add(outcome.refused)
    show(bytes)
  }

  private func show(_ bytes: Int64) {
    guard let size = file.size else { return bar.show("lines", done: tally.lines, total: nil) }
    // Whole only once it is.
    let bytes = underWay.isEmpty ? bytes : min(bytes, size - 1)
    bar.show("import", done: bytes, total: size, note: "bytes; \(tally.lines) lines")
  }
}
