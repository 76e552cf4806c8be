// What is noted of point types, users, and keys.
import Ledger

extension AuditNote {
  static func created(_ type: PointType, by actor: Actor) -> AuditNote {
    AuditNote(actor, .typeCreated, of: type, changes(from: nil, to: PointTypeTraits(of: type)))
  }

  static func changed(_ before: PointType, to type: PointType, by actor: Actor) -> AuditNote {
    AuditNote(
      actor, .typeChanged, of: type,
      changes(from: PointTypeTraits(of: before), to: PointTypeTraits(of: type)))
  }

  static func deleted(_ type: PointType, by actor: Actor) -> AuditNote {
    AuditNote(actor, .typeDeleted, of: type, changes(from: PointTypeTraits(of: type), to: nil))
  }

  private static func changes(from was: PointTypeTraits?, to became: PointTypeTraits?) -> [Change] {
    [
      Change("displayName", from: was?.displayName, to: became?.displayName),
      Change("description", from: was?.description, to: became?.description),
      Change("enabled", from: was.map { "\($0.isEnabled)" }, to: became.map { "\($0.isEnabled)" }),
      Change("minAmount", from: was?.minAmount.map(String.init), to: became?.minAmount.map(String.init)),
      Change("maxAmount", from: was?.maxAmount.map(String.init), to: became?.maxAmount.map(String.init)),
    ]
  }

  private init(_ actor: Actor, _ action: Action, of type: PointType, _ changes: [Change]) {
    self.init(actor, action, subject: type.id.description, name: type.name, changes)
  }

  /// Nothing else about users is for an administrator to decide; names change all the time.
  static func standing(of user: UserID, isEnabled: Bool, by actor: Actor) -> AuditNote {
    AuditNote(actor, isEnabled ? .userEnabled : .userDisabled, subject: user.text, name: user.text)
  }

  static func created(_ key: APIKey, for service: String, _ role: Role, replacing retired: [String])
    -> AuditNote
  {
    AuditNote(
      .command("keys"), .keyCreated, subject: key.id, name: service,
      [
        Change("role", to: role.rawValue),
        Change("replaces", to: retired.isEmpty ? nil : retired.joined(separator: ", ")),
      ])
  }

  static func revoked(_ key: String, of service: String) -> AuditNote {
    AuditNote(.command("keys"), .keyRevoked, subject: key, name: service)
  }
}
