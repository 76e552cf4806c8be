// The contract, for whoever generates a client from it or wants to look something up.
package import HTTPServer
import OpenAPI

package enum OpenAPIRoutes {
  package static func add(to router: inout Router<Endpoint>) {
    let document = HTTPResponse(.ok, contentType: "application/yaml", body: .bytes(OpenAPIDocument.bytes))
    router.on(.get, "/openapi.yaml", .instant(produces: "application/yaml") { _ in document })
  }
}
