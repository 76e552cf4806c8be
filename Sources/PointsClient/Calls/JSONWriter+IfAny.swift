// What a caller left out is left out of the body too: the service refuses unknown fields, and takes an absent
// one for its default.
import JSON

extension JSONWriter {
  mutating func field(_ name: StaticString, ifAny value: String?) {
    if let value { field(name, value) }
  }

  mutating func field(_ name: StaticString, ifAny value: Int64?) {
    if let value { field(name, value) }
  }

  mutating func field(_ name: StaticString, ifAny value: Bool?) {
    if let value { field(name, value) }
  }

  mutating func field(_ name: StaticString, ifAny members: [String: MetadataValue]?) {
    guard let members else { return }
    key(name)
    MetadataValue.write(members, to: &self)
  }

  /// The bytes of an object.
  static func body(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    json.object(write)
    return json.finish()
  }
}
