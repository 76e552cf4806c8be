// Starting a child with nothing inherited by accident: own process group, no signal blocked or ignored, no
// descriptor of ours beyond its standard three.
//
// The group is a new one, but the session stays ours. A new group keeps Ctrl-C at the
// terminal for us alone: we stop the servers in order. Staying in the session helps a
// server that is suspended (SIGSTOP) when we die: the kernel wakes the stopped
// members of a process group that it orphans, and so the death signal is heard.

private import Glibc

struct SpawnRefusal: Error {
  let errno: Int32
}

extension Launch {
  /// Starts the program from the calling thread and returns its process id.
  func spawn() -> Result<Int32, SpawnRefusal> {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    setFreshState(&attributes)

    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe setStandardStreams(&actions)

    var id: pid_t = 0
    let answer = unsafe withCStrings(commandLine) { arguments in
      unsafe withCStrings(Self.environment) { environment in
        unsafe posix_spawn(&id, Self.setprivPath, &actions, &attributes, arguments, environment)
      }
    }
    return answer == 0 ? .success(id) : .failure(SpawnRefusal(errno: answer))
  }

  private func setFreshState(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var all = sigset_t()
    _ = unsafe (sigemptyset(&none), sigfillset(&all))
    _ = unsafe posix_spawnattr_setsigmask(&attributes, &none)
    _ = unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    _ = unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    _ = unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  private func setStandardStreams(_ actions: inout posix_spawn_file_actions_t) {
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    _ = unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
    _ = unsafe posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
    // Whoever started us may have left descriptors open that do not close on exec; a server that kept the far
    // end of such a pipe would make its reader wait for as long as the server lives.
    for name in (try? Disk.entries(of: "/proc/self/fd")) ?? [] {
      guard let descriptor = Int32(name), descriptor > 2 else { continue }
      _ = unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
    }
  }

  /// Lends the strings as the null-terminated array of C strings that exec wants.
  private func withCStrings<Outcome>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Outcome
  ) -> Outcome {
    let array = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { unsafe array[index] = strdup(string) }
    unsafe array[strings.count] = nil
    defer {
      for index in strings.indices { unsafe free(array[index]) }
      unsafe array.deallocate()
    }
    return unsafe body(array)
  }
}
