// A value that is read from an object of an answer. Many values are, and lists of them, by the same few
// steps.

protocol AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer)
}
