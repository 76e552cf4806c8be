// Rows of boards and periods, decoded where they lie.
package import Boards
package import Calendar
package import Ledger
import PostgresClient

/// A period and whose it is.
package struct PeriodOfBoard: Sendable, Equatable {
  package let board: BoardID
  package let period: BoardPeriod
}

extension PostgresRow {
  /// The columns of `boards` but how far it is filled, in the order of the table.
  func board() throws(PostgresDecodingError) -> BoardDefinition {
    BoardDefinition(
      id: try id(0), number: try value(1), pointType: try id(2), name: try value(3), category: try value(4),
      traits: BoardTraits(
        displayName: try value(5), description: try optional(6), metric: try word(7, otherwise: .earned),
        filter: EntryFilter(categories: try categories(8), countsRewards: try value(10)),
        rule: PeriodRule(
          word: try value(11),
          firstDay: try optional(12, as: Int32.self).flatMap { Weekday(rawValue: Int($0)) }),
        timeZone: try value(13), graceSeconds: Int64(try value(14, as: Int32.self)),
        order: BoardOrder(style: try word(15, otherwise: .competition), isAscending: try value(16)),
        eligibility: Eligibility(
          minScore: try optional(17), minCount: try optional(18), enabledOnly: try value(19))),
      state: try word(20, otherwise: .stopped), createdAt: try instant(21), updatedAt: try instant(22))
  }

  /// board_id, and the other columns of `periods` in the order of the table.
  func period() throws(PostgresDecodingError) -> PeriodOfBoard {
    PeriodOfBoard(
      board: try id(0),
      period: BoardPeriod(
        number: try value(1), label: try value(2), start: try instant(3), end: try instant(4),
        state: try word(5, otherwise: .failed), reason: try optional(6), closedAt: try optionalInstant(7),
        frozenAt: try optionalInstant(8), snapshot: try optionalID(9)))
  }

  private func categories(_ first: Int) throws(PostgresDecodingError) -> EntryFilter.Categories {
    if let names = try optionalArray(first, of: String.self) { return .only(names) }
    if let names = try optionalArray(first + 1, of: String.self) { return .except(names) }
    return .all
  }

  /// The schema lets in no other words.
  private func word<Word: RawRepresentable<String>>(
    _ column: Int, otherwise: Word
  ) throws(PostgresDecodingError) -> Word {
    Word(rawValue: try value(column)) ?? otherwise
  }
}

extension PeriodRule {
  /// As the schema says it.
  package var word: String {
    switch self {
    case .allTime: "all_time"
    case .daily: "daily"
    case .weekly: "weekly"
    case .monthly: "monthly"
    case .seasons: "seasons"
    }
  }

  package var firstDay: Weekday? {
    if case .weekly(let day) = self { day } else { nil }
  }

  init(word: String, firstDay: Weekday?) {
    self =
      switch word {
      case "daily": .daily
      case "weekly": .weekly(firstDay: firstDay ?? .monday)
      case "monthly": .monthly
      case "seasons": .seasons
      case _: .allTime
      }
  }
}
