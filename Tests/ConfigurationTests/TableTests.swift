// The table agrees with itself and with what is made from it: names, defaults, help and documentation.
import Foundation
import Testing

@testable import Configuration

struct TableTests {
  @Test func `every flag spells its variable`() {
    for setting in ConfigurationTable.settings {
      let spelled = setting.flag.dropFirst(2).uppercased().replacing("-", with: "_")
      #expect(setting.variable == "POINTS_" + spelled)
    }
  }

  @Test func `no name is used twice`() {
    let names = ConfigurationTable.variables
    #expect(Set(names).count == names.count)
    #expect(names.contains("POINTS_REDIS_URL_FILE"))
  }

  @Test func `every default is allowed by its own row`() throws {
    for setting in ConfigurationTable.settings {
      guard let text = setting.defaultText else { continue }
      #expect(try reading([], [setting.variable: text]).configuration == reading().configuration)
    }
  }

  @Test func `every row stores into a field of its own`() throws {
    let unchanged = try reading().configuration
    let other = [
      "POINTS_MIGRATE_DATABASE_URL": "postgres://owner@elsewhere/points", "POINTS_MIGRATE": "on",
      "POINTS_REDIS_URL": "redis://elsewhere", "POINTS_LISTEN": "[::1]:1", "POINTS_ACCESS_LOG": "all",
      "POINTS_METRICS": "any", "POINTS_USERS": "registered", "POINTS_REUSE_PORT": "on",
      "POINTS_BENCH_ENDPOINTS": "on", "POINTS_BODY_MEMORY": "2MiB", "POINTS_MAX_LISTENERS": "5",
      "POINTS_HTTP2": "off", "POINTS_HTTP2_WINDOW": "1MiB", "POINTS_JOBS": "sweep-leases=off",
      "POINTS_REPORT_KEY": String(repeating: "A", count: 43),
    ]
    for setting in ConfigurationTable.settings where !setting.isRequired {
      let value =
        other[setting.variable] ?? ["2s", "2KiB", "3"].first { errors([], [setting.variable: $0]) == [] }
      let changed = try reading([], [setting.variable: #require(value)]).configuration
      let differing = ConfigurationTable.settings.filter { $0.show(changed) != $0.show(unchanged) }
      #expect(differing.map(\.variable) == [setting.variable])
    }
  }

  @Test func `every summary is one sentence`() {
    for setting in ConfigurationTable.settings {
      #expect(setting.summary.hasSuffix("."), "\(setting.variable)")
      #expect(!setting.summary.contains(". "), "\(setting.variable)")
    }
  }

  @Test func `help names every setting that is not hidden, in aligned columns`() {
    let help = ConfigurationTable.helpText
    for setting in ConfigurationTable.settings {
      #expect(help.contains("  \(setting.flag) ") == !setting.isHidden, "\(setting.flag)")
      #expect(help.contains("\(setting.variable)") == !setting.isHidden, "\(setting.variable)")
    }
    let lines = help.split(separator: "\n").filter { $0.hasPrefix(" ") }
    let margin = lines.last?.prefix { $0 == " " }.count ?? 0
    for line in lines {
      let left = line.prefix(margin)
      #expect(left.hasSuffix("  ") && line.dropFirst(margin).first != " ", "\(line)")
    }
    #expect(lines.allSatisfy { $0.count <= 110 })
  }

  @Test func `help tells groups, defaults and what is required`() {
    let help = ConfigurationTable.helpText
    #expect(help.contains("\nStores\n  --database-url <url>"))
    #expect(help.contains("POINTS_DATABASE_URL or POINTS_DATABASE_URL_FILE, required\n"))
    #expect(help.contains("POINTS_IDLE_TIMEOUT, default 75s\n"))
    #expect(!help.contains("Development"))
  }

  @Test func `the documentation file is what the table says`() {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = repository.appending(path: "docs/configuration.md")
    let isCurrent = (try? String(contentsOf: file, encoding: .utf8)) == ConfigurationTable.markdown
    #expect(
      isCurrent,
      "docs/configuration.md is out of date: run points configuration --markdown > docs/configuration.md")
  }

  @Test func `every row of the documentation has five cells`() {
    let rows = ConfigurationTable.markdown.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count == ConfigurationTable.settings.count)
    for row in rows {
      #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 6, "\(row)")
    }
  }
}
