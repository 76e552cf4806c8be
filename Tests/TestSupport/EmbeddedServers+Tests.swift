// The servers of tests are those of `points dev`, started by the same code.
package import EmbeddedServers
import Glibc
import Synchronization

extension EmbeddedServers {
  /// Starts servers that are stopped when the process ends, for tests that share them and cannot know which
  /// of them is the last. They would end with the process anyhow, but only a stop removes their files.
  package static func startUntilExit(_ options: EmbeddedOptions) throws -> EmbeddedServers {
    let servers = try EmbeddedServers.start(options)
    serversToStop.withLock { list in
      if list.isEmpty { atexit { serversToStop.withLock { $0 }.forEach { $0.stop() } } }
      list.append(servers)
    }
    return servers
  }
}

private let serversToStop = Mutex<[EmbeddedServers]>([])
