// A value that must not reach a log. Printing, debugging, dumping and reflecting it show `***`; whoever needs
// the content asks for it by name, which a reviewer can search for.

package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The content itself, for the one place that connects with it.
  package let revealed: String

  package init(_ content: String) {
    revealed = content
  }

  package var description: String { "***" }
  package var debugDescription: String { "***" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  /// The connection URL or key=value string for log lines, everything but harmless parts replaced by `***`.
  package var redacted: String {
    ConnectionText(revealed).redacted
  }
}
