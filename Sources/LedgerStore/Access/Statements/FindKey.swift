// Whose key was presented: asked by every worker, for each key again every other second.
package import Cryptography
package import Ledger
package import PostgresClient

package struct FindKey: PostgresStatement {
  package struct Row: Sendable {
    /// Of the key that was given out under this id.
    package let digest: Digest
    package let service: ServiceID
    package let name: String
    package let role: Role
    /// Neither expired nor revoked.
    package let isValid: Bool
  }

  package static let sql = PostgresSQL("find_key", PackageResources.find_key_sql)
  package static var isReadOnly: Bool { true }

  private let id: KeyID

  package init(_ id: KeyID) {
    self.id = id
  }

  package func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.text)
  }

  package static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    let bytes: PostgresBytes = try row.value(0)
    guard let digest = Digest(bytes: bytes.bytes) else {
      throw PostgresDecodingError(column: 0, failure: .wrongLength(bytes.bytes.count))
    }
    return Row(
      digest: digest, service: try row.id(1), name: try row.value(2), role: try row.role(3),
      isValid: try row.value(4))
  }
}
