// libsodium chooses its fastest code for this processor, and opens its source of randomness, when it is
// initialised.
private import CSodium

enum Sodium {
  private static let status = sodium_init()

  /// Once in a process, before anything else of the library is called; any thread may be the first.
  static func initialise() {
    precondition(status >= 0, "libsodium could not be initialised; there would be no secure randomness.")
  }
}
