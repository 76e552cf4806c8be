// The table, in a terminal and as Markdown.

import Testing

@testable import Benchmark

@Suite struct TableTests {
  @Test func `columns are as wide as their widest cell`() {
    var table = Table(columns: ["subject", "x"])
    table.add(["a", "1.15"])
    table.add(["start of points", ""])
    #expect(
      table.text == """
        | subject         | x    |
        | --------------- | ---- |
        | a               | 1.15 |
        | start of points |      |
        """)
  }

  @Test func `a bar in a cell does not begin another cell`() {
    var table = Table(columns: ["subject"])
    table.add(["a|b"])
    #expect(table.text.hasSuffix("| a\\|b    |"))
  }
}
