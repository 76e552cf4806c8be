// The system call behind a child: nothing to read, one pair of sockets for all it writes, its own process
// group, no signal blocked or ignored. The group keeps Ctrl-C at the terminal for the bench alone, which
// then clears up in order.
private import Glibc

enum SpawnedProcess {
  /// The caller reaps the process and closes `output`.
  static func start(
    _ command: [String], environment: [String], name: String
  ) throws(BenchmarkError) -> (processID: Int32, output: Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw .refused(action: "open a pair of sockets", errno: errno)
    }
    defer { close(ends[1]) }

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    setFreshState(&attributes)

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 2)

    var id: pid_t = 0
    let answer = unsafe withCStrings(command) { arguments in
      unsafe withCStrings(environment) { environment in
        unsafe posix_spawn(&id, command[0], &actions, &attributes, arguments, environment)
      }
    }
    guard answer == 0 else {
      close(ends[0])
      throw .cannotStart(program: name, errno: answer)
    }
    return (id, ends[0])
  }

  private static func setFreshState(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  /// Lends the strings as the null-terminated array of C strings that exec wants.
  private static func withCStrings<Outcome>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Outcome
  ) -> Outcome {
    let array = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { unsafe array[index] = unsafe strdup(string) }
    unsafe array[strings.count] = nil
    defer {
      for index in strings.indices { unsafe free(array[index]) }
      unsafe array.deallocate()
    }
    return unsafe body(array)
  }
}
