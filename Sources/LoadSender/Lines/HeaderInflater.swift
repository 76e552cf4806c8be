// nghttp2's unpacking of the fields of an answer, of which only the status is looked at.
private import CNghttp2

@safe final class HeaderInflater {
  private let handle: OpaquePointer

  init() throws(LoadError) {
    var made: OpaquePointer?
    guard unsafe nghttp2_hd_inflate_new(&made) == 0, let made = unsafe made else {
      throw .malformed("no memory for nghttp2")
    }
    unsafe handle = made
  }

  deinit { unsafe nghttp2_hd_inflate_del(handle) }

  /// All fields have to be read, since later ones refer to them.
  func status(in bytes: [UInt8], _ block: Range<Int>) throws(LoadError) -> Int {
    let status = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe inflate(UnsafeBufferPointer(rebasing: buffer[block]))
    }
    guard let status else { throw .malformed("a head that nghttp2 cannot unpack") }
    return status
  }

  private func inflate(_ block: UnsafeBufferPointer<UInt8>) -> Int? {
    var status = 0
    var place = 0
    while true {
      var field = unsafe nghttp2_nv()
      var flags: Int32 = 0
      let count = unsafe nghttp2_hd_inflate_hd2(
        handle, &field, &flags, block.baseAddress?.advanced(by: place), block.count - place, 1)
      guard count >= 0 else { return nil }
      place += count
      if flags & Int32(NGHTTP2_HD_INFLATE_EMIT.rawValue) != 0, status == 0 {
        status = unsafe Self.number(UnsafeBufferPointer(start: field.value, count: field.valuelen))
      }
      if flags & Int32(NGHTTP2_HD_INFLATE_FINAL.rawValue) != 0 {
        unsafe nghttp2_hd_inflate_end_headers(handle)
        return status
      }
    }
  }

  private static func number(_ digits: UnsafeBufferPointer<UInt8>) -> Int {
    unsafe digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }
}
