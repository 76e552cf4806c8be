// What a session believes its server has prepared.
import Testing

@testable import PostgresClient

@Suite struct PreparedStatementsTests {
  private let sql = PostgresSQL("some_name", Array("SELECT 1".utf8))

  @Test func `a statement is absent, then sent, then ready, and absent again when refused`() {
    var prepared = PreparedStatements()
    #expect(prepared.state(of: sql.index) == .absent)
    prepared.sent(sql.index)
    #expect(prepared.state(of: sql.index) == .sent)
    prepared.refused(sql.index)
    #expect(prepared.state(of: sql.index) == .absent)
    prepared.sent(sql.index)
    prepared.confirmed(sql.index)
    #expect(prepared.state(of: sql.index) == .ready)
  }

  @Test func `many who meet the same outdated plan renew it once`() {
    var prepared = PreparedStatements()
    prepared.sent(sql.index)
    prepared.confirmed(sql.index)
    let first = prepared.name(of: sql)
    for _ in 0..<10 { prepared.forget(sql, generation: 0) }
    #expect(prepared.generation(of: sql.index) == 1)
    #expect(prepared.state(of: sql.index) == .absent)
    #expect(prepared.name(of: sql) != first)
  }

  @Test func `two texts never share a name, and one text always has the same`() {
    let same = PostgresSQL("some_name", Array("SELECT 1".utf8))
    let other = PostgresSQL("some_name", Array("SELECT 2".utf8))
    #expect(same.preparedName == sql.preparedName)
    #expect(other.preparedName != sql.preparedName)
    #expect(other.index != sql.index)
  }
}
