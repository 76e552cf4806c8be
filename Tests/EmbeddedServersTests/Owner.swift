// What the process of an exit test does: own servers, and die.

import Glibc
import Synchronization
import TestSupport

@testable import EmbeddedServers

enum Owner {
  static let nobody = UnprivilegedAccount(userID: 65534, groupID: 65534)

  /// Never released: the death of the process must end the servers, not the end of a scope.
  private static let held = Mutex<[EmbeddedServers]>([])

  static func start(_ data: String) throws -> EmbeddedServers {
    let servers = try EmbeddedServers.start(
      EmbeddedOptions(place: .kept(directory: data), durability: .processCrashOnly))
    held.withLock { $0.append(servers) }
    return servers
  }

  static func die() {
    _ = kill(getpid(), SIGKILL)
  }

  /// Watches the cluster being made, on a thread of its own, and kills this process when the file appears.
  static func dieWhen(_ milestone: String, isMadeIn data: String) {
    Task.detached {
      _ = Eventually.holds(within: .seconds(60)) {
        guard let home = try? TemporaryDirectory.home(of: data) else { return false }
        let unfinished = ((try? Disk.entries(of: home)) ?? []).filter { $0.hasPrefix("postgres.new-") }
        return unfinished.contains { name in unsafe access("\(home)/\(name)/\(milestone)", F_OK) == 0 }
      }
      die()
    }
  }

  static func becomeNobody() throws {
    guard setgroups(0, nil) == 0, setgid(nobody.groupID) == 0, setuid(nobody.userID) == 0 else {
      throw EmbeddedServersError.processLimit(action: "change the user", errno: errno)
    }
  }
}
