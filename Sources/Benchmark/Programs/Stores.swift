// The private Postgres and Redis below the service, as durable as in production.
internal import EmbeddedServers

final class Stores {
  let servers: EmbeddedServers

  init() throws(BenchmarkError) {
    do throws(EmbeddedServersError) {
      servers = try EmbeddedServers.start(EmbeddedOptions(place: .temporary, durability: .full))
    } catch {
      throw .servers(error)
    }
  }

  func stop() {
    servers.stop()
  }
}
