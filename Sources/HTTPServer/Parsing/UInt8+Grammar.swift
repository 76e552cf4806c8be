// The byte classes of RFC 9110 and RFC 3986. Each class is two constants of 64 bits, one bit per ASCII byte,
// so a test costs a shift and needs no table that would have to be initialised or fetched.

extension UInt8 {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let comma: UInt8 = 0x2C
  static let colon: UInt8 = 0x3A
  static let semicolon: UInt8 = 0x3B

  @inline(__always)
  private func isMember(low: UInt64, high: UInt64) -> Bool {
    self < 128 && (self < 64 ? low : high) & (1 &<< UInt64(self & 63)) != 0
  }

  /// A byte of a token: method names, field names, extension names.
  @inline(__always)
  var isToken: Bool { isMember(low: 0x03ff_6cfa_0000_0000, high: 0x57ff_ffff_c7ff_fffe) }

  /// A byte a request target may hold: what RFC 3986 allows
  /// without escaping, and "%" itself. "#" is not among them.
  @inline(__always)
  var isTarget: Bool { isMember(low: 0xafff_fff2_0000_0000, high: 0x47ff_fffe_afff_ffff) }

  /// A byte of a registered host name.
  @inline(__always)
  var isHostName: Bool { isMember(low: 0x2bff_7ff2_0000_0000, high: 0x47ff_fffe_87ff_fffe) }

  /// A byte a field value may hold: everything but control bytes; the tab is the one control byte allowed.
  @inline(__always)
  var isFieldValue: Bool { (self >= 0x20 && self != 0x7F) || self == .tab }

  @inline(__always)
  var isBlank: Bool { self == .space || self == .tab }

  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  /// The value of a hexadecimal digit, or nothing.
  @inline(__always)
  var hexValue: UInt8? {
    if isDigit { return self &- 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }

  /// The byte with an ASCII capital made small; other bytes are left as they are.
  @inline(__always)
  var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
