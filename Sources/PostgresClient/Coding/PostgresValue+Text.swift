// Text. Sessions speak UTF-8 only, so the binary form of a text is its UTF-8 bytes.

extension String: PostgresValue {
  @inlinable package static var postgresType: PostgresType { .text }
  @inlinable package static var postgresArrayType: PostgresType { .textArray }

  @inlinable
  package static func accepts(_ type: PostgresType) -> Bool {
    type == .text || type == .varchar || type == .name
  }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(contentsOf: utf8)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    do throws(UTF8.ValidationError) {
      self = try unsafe bytes.withUnsafeBytes { bytes throws(UTF8.ValidationError) in
        String(copying: try UTF8Span(validating: unsafe bytes.bindMemory(to: UInt8.self).span))
      }
    } catch {
      throw .invalidText
    }
  }
}
