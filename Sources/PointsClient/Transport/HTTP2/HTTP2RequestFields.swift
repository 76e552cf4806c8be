// A call as fields of HTTP/2, in the form nghttp2 takes them. It copies what it needs when it is given them.
import CNghttp2

struct HTTP2RequestFields {
  private struct Place {
    let name: Range<Int>
    let value: Range<Int>
    let isUnique: Bool
  }

  private var text: [UInt8] = []
  private var places: [Place] = []

  init(_ call: Call, address: ServiceAddress, authorization: [UInt8]) {
    let size = call.target.count + address.prefix.utf8.count + address.authority.utf8.count
    text.reserveCapacity(size + authorization.count + 256)
    places.reserveCapacity(10)
    add(":method", call.method.name.utf8)
    add(":scheme", "http".utf8)
    add(":path", address.prefix.utf8, call.target)
    add(":authority", address.authority.utf8)
    add("authorization", authorization)
    add("accept", "application/json".utf8)
    add("user-agent", "points-client-swift".utf8)
    // What is said only once would push what is said always out of the service's table.
    if let key = call.key { add("idempotency-key", key.text.utf8, isUnique: true) }
    guard let body = call.body else { return }
    add("content-type", "application/json".utf8)
    add("content-length", String(body.count).utf8)
  }

  private mutating func add(
    _ name: StaticString, _ value: some Sequence<UInt8>, _ rest: [UInt8] = [], isUnique: Bool = false
  ) {
    let start = text.count
    name.withUTF8Buffer { unsafe text.append(contentsOf: $0) }
    let middle = text.count
    text.append(contentsOf: value)
    text.append(contentsOf: rest)
    places.append(Place(name: start..<middle, value: middle..<text.count, isUnique: isUnique))
  }

  /// Lends the fields for the time of the call.
  func withFields<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
    unsafe text.withUnsafeBufferPointer { text in
      // nghttp2 promises to change nothing; its type cannot say so.
      let start = unsafe UnsafeMutablePointer(mutating: text.baseAddress)
      let fields = unsafe places.map { place in
        unsafe nghttp2_nv(
          name: start.map { unsafe $0 + place.name.lowerBound },
          value: start.map { unsafe $0 + place.value.lowerBound }, namelen: place.name.count,
          valuelen: place.value.count,
          flags: UInt8((place.isUnique ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE).rawValue))
      }
      return unsafe fields.withUnsafeBufferPointer { unsafe body($0.baseAddress, $0.count) }
    }
  }
}
