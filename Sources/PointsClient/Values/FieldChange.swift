// Taking a value away is another wish than leaving it alone, and nil cannot say both.

/// What becomes of a field that may have no value.
public enum FieldChange<Value: Sendable & Equatable>: Sendable, Equatable {
  /// It stays as it is.
  case keep
  /// It has no value any more.
  case clear
  /// It gets this value.
  case set(Value)
}
