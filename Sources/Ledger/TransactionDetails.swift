// What a transaction tells beside its figures. None of it changes a decision.

/// Its texts, of which it mostly has one or none, lie apart: what is settled is handed on a dozen times
/// between a request and its answer, and each time nine texts were retained and released.
package struct TransactionDetails: Sendable, Equatable {
  private struct Texts: Sendable, Equatable {
    var category: String?
    var reason: String?
    var description: String?
    var actor: String?
    var validatorID: String?
    var relatedTo: String?
    var tournamentID: String?
    var registrationID: String?
    var metadata: String?
  }

  private final class Box: Sendable {
    let texts: Texts
    init(_ texts: Texts) { self.texts = texts }
  }

  private static let none = Box(Texts())

  /// When the event happened; nil means when the transaction was made.
  package var occurredAt: Instant?
  private var box = Self.none

  package init() {}

  /// Nothing is made anew where there was no text and will be none.
  private mutating func set(
    _ text: String?, over old: String?, _ write: (inout Texts, String?) -> Void
  ) {
    guard text != nil || old != nil else { return }
    var texts = box.texts
    write(&texts, text)
    box = Box(texts)
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.occurredAt == other.occurredAt && (one.box === other.box || one.box.texts == other.box.texts)
  }

  package var category: String? {
    get { box.texts.category }
    set { set(newValue, over: box.texts.category) { $0.category = $1 } }
  }

  package var reason: String? {
    get { box.texts.reason }
    set { set(newValue, over: box.texts.reason) { $0.reason = $1 } }
  }

  package var description: String? {
    get { box.texts.description }
    set { set(newValue, over: box.texts.description) { $0.description = $1 } }
  }

  /// Who did it, as the caller says.
  package var actor: String? {
    get { box.texts.actor }
    set { set(newValue, over: box.texts.actor) { $0.actor = $1 } }
  }

  /// Who checked it, as the caller says.
  package var validatorID: String? {
    get { box.texts.validatorID }
    set { set(newValue, over: box.texts.validatorID) { $0.validatorID = $1 } }
  }

  package var relatedTo: String? {
    get { box.texts.relatedTo }
    set { set(newValue, over: box.texts.relatedTo) { $0.relatedTo = $1 } }
  }

  package var tournamentID: String? {
    get { box.texts.tournamentID }
    set { set(newValue, over: box.texts.tournamentID) { $0.tournamentID = $1 } }
  }

  package var registrationID: String? {
    get { box.texts.registrationID }
    set { set(newValue, over: box.texts.registrationID) { $0.registrationID = $1 } }
  }

  /// A JSON object as text.
  package var metadata: String? {
    get { box.texts.metadata }
    set { set(newValue, over: box.texts.metadata) { $0.metadata = $1 } }
  }
}
