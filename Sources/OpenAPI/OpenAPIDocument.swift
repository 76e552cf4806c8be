// docs/openapi.yaml inside the binary: what a running service promises is what it was built with. A target of
// its own, for the compiler takes seconds over so long a literal, and only when it has changed.

package enum OpenAPIDocument {
  package static let bytes: [UInt8] = PackageResources.openapi_yaml
}
