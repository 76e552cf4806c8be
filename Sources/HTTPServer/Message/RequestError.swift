// What a handler finds wrong with a request when it asks for a parameter or a field. Each case says which
// one, so the caller can be told; `Problem(_: RequestError)` maps them to answers.

package enum RequestError: Error, Sendable, Equatable {
  /// A percent sign without two hexadecimal digits behind it.
  case badEscape(in: String)
  /// An escaped NUL, which text stores and C libraries end at.
  case escapedNUL(in: String)
  case notUTF8(in: String)
  case parameterMissing(String)
  case parameterRepeated(String)
  case parameterUnknown(String)
  case parameterInvalid(String, expected: String)
  case fieldRepeated(String)
  case fieldNotText(String)

  /// One plain sentence for the caller.
  package var sentence: String {
    switch self {
    case .badEscape(let place): "A percent sign in \(place) is not followed by two hexadecimal digits."
    case .escapedNUL(let place): "There is an escaped NUL in \(place)."
    case .notUTF8(let place): "The escaped bytes in \(place) are not UTF-8."
    case .parameterMissing(let name): "The parameter \"\(name)\" is required."
    case .parameterRepeated(let name): "The parameter \"\(name)\" was given more than once."
    case .parameterUnknown(let name): "The parameter \"\(name)\" is not known here."
    case .parameterInvalid(let name, let expected): "The parameter \"\(name)\" must be \(expected)."
    case .fieldRepeated(let name): "The header field \"\(name)\" was sent more than once."
    case .fieldNotText(let name): "The header field \"\(name)\" is not UTF-8 text."
    }
  }
}
