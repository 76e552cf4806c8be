// A password nobody has to remember: it only keeps other users of the machine from our loopback ports.

enum Password {
  /// 128 random bits as hexadecimal digits, which need no quoting in a URL or a configuration file.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(UInt32.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}
