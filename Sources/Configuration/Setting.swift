// One row of the table: the names a setting goes by, what
// it is for, and how its text reaches its typed field.

package struct Setting: Sendable {
  package let variable: String
  package let flag: String
  package let group: SettingGroup
  /// One sentence: what it is, and what a special value means.
  package let summary: String
  package let isRequired: Bool
  /// A secret may be read from a file, and is never shown whole.
  package let isSecret: Bool
  /// Left out of `--help`, since it is of no use in operation.
  package let isHidden: Bool
  let placeholder: String
  let allowed: String
  let valueOfBareFlag: String?
  let store: @Sendable (String, inout ServeConfiguration) throws(ValueRefusal) -> Void
  let show: @Sendable (ServeConfiguration) -> String

  init<Value: Sendable>(
    _ variable: String, _ flag: String, _ group: SettingGroup,
    _ field: any WritableKeyPath<ServeConfiguration, Value> & Sendable, _ form: ValueForm<Value>,
    required: Bool = false, hidden: Bool = false, _ summary: String
  ) {
    self.variable = variable
    self.flag = flag
    self.group = group
    self.summary = summary
    isRequired = required
    isSecret = Value.self == Secret.self
    isHidden = hidden
    placeholder = form.placeholder
    allowed = form.allowed
    valueOfBareFlag = form.valueOfBareFlag
    store = { text, configuration throws(ValueRefusal) in
      configuration[keyPath: field] = try form.parse(text)
    }
    show = { form.show($0[keyPath: field]) }
  }

  /// The names under which a secret's file is given.
  var fileVariable: String? { isSecret ? variable + "_FILE" : nil }
  var fileFlag: String? { isSecret ? flag + "-file" : nil }

  /// What holds when nobody says anything; nothing when somebody must.
  var defaultText: String? { isRequired ? nil : show(ConfigurationTable.defaults) }
}

/// The headings under which settings are listed, in the order of the listing.
package enum SettingGroup: String, Sendable, CaseIterable {
  case stores = "Stores"
  case ledger = "Ledger"
  case jobs = "Jobs"
  case server = "Server"
  case observability = "Observability"
  case development = "Development"
}
