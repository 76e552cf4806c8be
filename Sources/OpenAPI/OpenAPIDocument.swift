// docs/openapi.yaml inside the binary: what a running service promises is what it was built with.
private import COpenAPI

package enum OpenAPIDocument {
  package static let bytes: [UInt8] = unsafe Array(
    UnsafeBufferPointer(start: points_openapi_document(), count: points_openapi_length()))
}
