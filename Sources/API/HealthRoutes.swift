// Whether the process lives, and what it is. Neither asks anybody else: a load balancer that restarts
// services when their database is down makes two failures out of one.
package import HTTPServer
import JSON

package enum HealthRoutes {
  package static func add(to router: inout Router<Endpoint>, release: Release) {
    let alive = Array(#"{"status":"ok"}"#.utf8)
    router.on(.get, "/health", .instant { _ in .json(alive) })

    let version = release.encoded()
    router.on(.get, "/version", .instant { _ in .json(version) })
  }
}
