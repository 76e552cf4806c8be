// Postgres names its types by numbers that never change for the built-in ones, so they are constants here.

/// The object id of a Postgres type.
@usableFromInline
package struct PostgresType: RawRepresentable, Sendable, Hashable {
  @usableFromInline package let rawValue: UInt32

  @inlinable
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Leaves it to what the statement's text says.
  @inlinable package static var unspecified: Self { Self(rawValue: 0) }

  @inlinable package static var bool: Self { Self(rawValue: 16) }
  @inlinable package static var bytea: Self { Self(rawValue: 17) }
  @inlinable package static var name: Self { Self(rawValue: 19) }
  @inlinable package static var int8: Self { Self(rawValue: 20) }
  @inlinable package static var int2: Self { Self(rawValue: 21) }
  @inlinable package static var int4: Self { Self(rawValue: 23) }
  @inlinable package static var text: Self { Self(rawValue: 25) }
  @inlinable package static var tid: Self { Self(rawValue: 27) }
  @inlinable package static var float8: Self { Self(rawValue: 701) }
  @inlinable package static var varchar: Self { Self(rawValue: 1043) }
  @inlinable package static var timestamptz: Self { Self(rawValue: 1184) }
  @inlinable package static var record: Self { Self(rawValue: 2249) }
  @inlinable package static var uuid: Self { Self(rawValue: 2950) }
  @inlinable package static var jsonb: Self { Self(rawValue: 3802) }

  @inlinable package static var boolArray: Self { Self(rawValue: 1000) }
  @inlinable package static var byteaArray: Self { Self(rawValue: 1001) }
  @inlinable package static var int2Array: Self { Self(rawValue: 1005) }
  @inlinable package static var int4Array: Self { Self(rawValue: 1007) }
  @inlinable package static var textArray: Self { Self(rawValue: 1009) }
  @inlinable package static var tidArray: Self { Self(rawValue: 1010) }
  @inlinable package static var int8Array: Self { Self(rawValue: 1016) }
  @inlinable package static var float8Array: Self { Self(rawValue: 1022) }
  @inlinable package static var timestamptzArray: Self { Self(rawValue: 1185) }
  @inlinable package static var uuidArray: Self { Self(rawValue: 2951) }
  @inlinable package static var jsonbArray: Self { Self(rawValue: 3807) }
}
