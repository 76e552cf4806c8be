// How nghttp2 tells a connection what it has read and asks for what to send. Each callback finds its
// connection, lends it the bytes and does nothing else. The connection is alive: it is the one that called.
import CNghttp2
import EventLoop

enum HTTP2Callbacks {
  /// The functions below, the same for every session; made once and kept.
  nonisolated(unsafe) static let table: OpaquePointer? = {
    var table: OpaquePointer?
    unsafe nghttp2_session_callbacks_new(&table)
    unsafe nghttp2_session_callbacks_set_on_begin_frame_callback(table, beginFrame)
    unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(table, beginHeaders)
    unsafe nghttp2_session_callbacks_set_on_header_callback(table, header)
    unsafe nghttp2_session_callbacks_set_on_invalid_header_callback(table, invalidHeader)
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(table, frameReceived)
    unsafe nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(table, frameRefused)
    unsafe nghttp2_session_callbacks_set_on_frame_send_callback(table, frameSent)
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table, dataReceived)
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(table, streamClosed)
    unsafe nghttp2_session_callbacks_set_send_data_callback(table, sendData)
    return unsafe table
  }()

  nonisolated(unsafe) static let options: OpaquePointer? = {
    var options: OpaquePointer?
    unsafe nghttp2_option_new(&options)
    // The preface was read before the session was made.
    unsafe nghttp2_option_set_no_recv_client_magic(options, 1)
    // Windows open when a body was taken, not when it has come.
    unsafe nghttp2_option_set_no_auto_window_update(options, 1)
    unsafe nghttp2_option_set_no_closed_streams(options, 1)
    // Broken streams have a budget of ours, which work refills.
    unsafe nghttp2_option_set_stream_reset_rate_limit(options, UInt64(Int32.max), UInt64(Int32.max))
    // Answers to pings and settings that a peer does not read.
    unsafe nghttp2_option_set_max_outbound_ack(options, 64)
    return unsafe options
  }()

  /// Asks how much of a body may go into the next frame.
  static let bodyReader: nghttp2_data_source_read_callback = unsafe readBody

  /// What a failed reading means to the peer.
  static func reason(for status: Int32) -> HTTP2ErrorCode {
    switch status {
    case Int32(NGHTTP2_ERR_FLOODED.rawValue), Int32(NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.rawValue):
      .enhanceYourCalm
    case Int32(NGHTTP2_ERR_NOMEM.rawValue), Int32(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue): .internalError
    default: .protocolError
    }
  }
}

/// Lends the connection without counting a reference: a request has a dozen callbacks.
@inline(__always)
private func with<Result>(
  _ context: UnsafeMutableRawPointer?, orElse nothing: Result, _ body: (HTTP2Connection) -> Result
) -> Result {
  guard let context = unsafe context else { return nothing }
  return unsafe Unmanaged<HTTP2Connection>.fromOpaque(context)._withUnsafeGuaranteedRef { body($0) }
}

/// Zero to go on; the other number ends the session, whose connection knows why.
@inline(__always)
private func with(_ context: UnsafeMutableRawPointer?, mayGoOn: (HTTP2Connection) -> Bool) -> Int32 {
  unsafe with(context, orElse: true, mayGoOn) ? 0 : Int32(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)
}

@c(points_http2_begin_frame)
private func beginFrame(
  _ session: OpaquePointer?, _ head: UnsafePointer<nghttp2_frame_hd>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let type = unsafe head?.pointee.type else { return 0 }
  return switch UInt32(type) {
  case NGHTTP2_HEADERS.rawValue: unsafe with(context) { $0.frameBegins(.fields) }
  case NGHTTP2_DATA.rawValue: unsafe with(context) { $0.frameBegins(.data) }
  default: unsafe with(context) { $0.frameBegins(.other) }
  }
}

@c(points_http2_begin_headers)
private func beginHeaders(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let frame = unsafe frame else { return 0 }
  let stream = unsafe frame.pointee.hd.stream_id
  let isTrailer = unsafe frame.pointee.headers.cat != NGHTTP2_HCAT_REQUEST
  unsafe with(context, orElse: ()) { $0.headBegins(on: stream, isTrailer: isTrailer) }
  return 0
}

@c(points_http2_header)
private func header(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ name: UnsafePointer<UInt8>?,
  _ nameCount: Int, _ value: UnsafePointer<UInt8>?, _ valueCount: Int, _ flags: UInt8,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  unsafe with(context) { connection in
    let name = unsafe UnsafeBufferPointer(start: name, count: nameCount).span
    let value = unsafe UnsafeBufferPointer(start: value, count: valueCount).span
    return connection.fieldArrived(name, value, isValid: true)
  }
}

@c(points_http2_invalid_header)
private func invalidHeader(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ name: UnsafePointer<UInt8>?,
  _ nameCount: Int, _ value: UnsafePointer<UInt8>?, _ valueCount: Int, _ flags: UInt8,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  unsafe with(context) { connection in
    let name = unsafe UnsafeBufferPointer(start: name, count: nameCount).span
    let value = unsafe UnsafeBufferPointer(start: value, count: valueCount).span
    return connection.fieldArrived(name, value, isValid: false)
  }
}

@c(points_http2_frame_received)
private func frameReceived(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let head = unsafe frame?.pointee.hd else { return 0 }
  let endsStream = UInt32(head.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0
  unsafe with(context, orElse: ()) { connection in
    switch UInt32(head.type) {
    case NGHTTP2_HEADERS.rawValue: connection.headEnds(on: head.stream_id, endsStream: endsStream)
    case NGHTTP2_DATA.rawValue where endsStream: connection.bodyEnds(on: head.stream_id)
    case NGHTTP2_PING.rawValue where UInt32(head.flags) & NGHTTP2_FLAG_ACK.rawValue != 0:
      connection.pingCameBack()
    default: break
    }
  }
  return 0
}

/// A block of fields that nghttp2 refuses has ended without being received; it resets the stream itself.
@c(points_http2_frame_refused)
private func frameRefused(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ status: Int32,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let type = unsafe frame?.pointee.hd.type else { return 0 }
  if UInt32(type) == NGHTTP2_HEADERS.rawValue { unsafe with(context, orElse: ()) { $0.fieldsEnd() } }
  return 0
}

/// An answer without a body has been sent with its fields; of the others the last frame of data tells.
@c(points_http2_frame_sent)
private func frameSent(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let head = unsafe frame?.pointee.hd, UInt32(head.type) == NGHTTP2_HEADERS.rawValue,
    UInt32(head.flags) & NGHTTP2_FLAG_END_STREAM.rawValue != 0
  else { return 0 }
  unsafe with(context, orElse: ()) { $0.stream(head.stream_id)?.isAnswerSent = true }
  return 0
}

@c(points_http2_data_received)
private func dataReceived(
  _ session: OpaquePointer?, _ flags: UInt8, _ stream: Int32, _ data: UnsafePointer<UInt8>?, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  unsafe with(context, orElse: ()) { connection in
    unsafe connection.bodyArrived(UnsafeBufferPointer(start: data, count: count).span, on: stream)
  }
  return 0
}

@c(points_http2_stream_closed)
private func streamClosed(
  _ session: OpaquePointer?, _ stream: Int32, _ code: UInt32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  unsafe with(context, orElse: ()) { $0.streamCloses(stream) }
  return 0
}

/// Asks how much of a body may go into the next frame.
@c(points_http2_read_body)
private func readBody(
  _ session: OpaquePointer?, _ stream: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ room: Int,
  _ flags: UnsafeMutablePointer<UInt32>?, _ source: UnsafeMutablePointer<nghttp2_data_source>?,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let flags = unsafe flags, let place = unsafe source?.pointee.fd,
    let portion = unsafe with(context, orElse: nil, { $0.portion(ofBodyAt: Int(place), room: room) })
  else { return Int(NGHTTP2_ERR_DEFERRED.rawValue) }
  unsafe flags.pointee = NGHTTP2_DATA_FLAG_NO_COPY.rawValue
  if portion.isLast { unsafe flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue }
  return portion.count
}

/// Writes a data frame: its head of nine bytes and the portion agreed on.
@c(points_http2_send_data)
private func sendData(
  _ session: OpaquePointer?, _ frame: UnsafeMutablePointer<nghttp2_frame>?, _ head: UnsafePointer<UInt8>?,
  _ count: Int, _ source: UnsafeMutablePointer<nghttp2_data_source>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let place = unsafe source?.pointee.fd else { return 0 }
  let sending = unsafe with(context, orElse: .isOver) { connection in
    let head = unsafe UnsafeBufferPointer(start: head, count: 9).span
    return connection.send(count, ofBodyAt: Int(place), after: head)
  }
  return switch sending {
  case .sent: 0
  case .mustWait: Int32(NGHTTP2_ERR_WOULDBLOCK.rawValue)
  case .isOver: Int32(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
  }
}
