// How nghttp2 tells a connection what it has read and asks for what to send. Each callback finds its
// connection, lends it the bytes and does nothing else. The connection is alive: it is the one that called.
import CNghttp2

enum HTTP2Callbacks {
  /// The functions below, the same for every session; made once and kept.
  nonisolated(unsafe) static let table: OpaquePointer? = {
    var table: OpaquePointer?
    unsafe nghttp2_session_callbacks_new(&table)
    unsafe nghttp2_session_callbacks_set_on_header_callback(table, header)
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(table, frameReceived)
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table, dataReceived)
    unsafe nghttp2_session_callbacks_set_on_frame_send_callback(table, frameSent)
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(table, streamClosed)
    return unsafe table
  }()

  nonisolated(unsafe) static let options: OpaquePointer? = {
    var options: OpaquePointer?
    unsafe nghttp2_option_new(&options)
    unsafe nghttp2_option_set_no_closed_streams(options, 1)
    // Answers to pings and settings that a peer does not read.
    unsafe nghttp2_option_set_max_outbound_ack(options, 64)
    return unsafe options
  }()

  /// Asks for the next part of a request's body.
  static let bodyReader: nghttp2_data_source_read_callback = unsafe readBody
}

private func connection(_ context: UnsafeMutableRawPointer?) -> HTTP2Connection? {
  guard let context = unsafe context else { return nil }
  return unsafe Unmanaged<HTTP2Connection>.fromOpaque(context).takeUnretainedValue()
}

@c(points_client_header)
private func header(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ name: UnsafePointer<UInt8>?,
  _ nameCount: Int, _ value: UnsafePointer<UInt8>?, _ valueCount: Int, _ flags: UInt8,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let stream = unsafe frame?.pointee.hd.stream_id, let connection = unsafe connection(context) else {
    return 0
  }
  let name = unsafe UnsafeBufferPointer(start: name, count: nameCount).span
  let value = unsafe UnsafeBufferPointer(start: value, count: valueCount).span
  let mayGoOn = connection.fieldArrived(name, value, on: stream)
  return mayGoOn ? 0 : Int32(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue)
}

@c(points_client_frame_received)
private func frameReceived(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let head = unsafe frame?.pointee.hd, let connection = unsafe connection(context) else { return 0 }
  let (flags, stream) = (UInt32(head.flags), head.stream_id)
  let endsStream = flags & NGHTTP2_FLAG_END_STREAM.rawValue != 0
  switch UInt32(head.type) {
  case NGHTTP2_HEADERS.rawValue: connection.headEnds(on: stream, endsStream: endsStream)
  case NGHTTP2_DATA.rawValue where endsStream: connection.answerEnds(on: stream)
  case NGHTTP2_RST_STREAM.rawValue: connection.resetArrived(on: stream)
  case NGHTTP2_SETTINGS.rawValue where flags & NGHTTP2_FLAG_ACK.rawValue == 0: connection.settingsArrived()
  case NGHTTP2_GOAWAY.rawValue: connection.goAwayArrived()
  default: break
  }
  return 0
}

@c(points_client_data_received)
private func dataReceived(
  _ session: OpaquePointer?, _ flags: UInt8, _ stream: Int32, _ data: UnsafePointer<UInt8>?, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let connection = unsafe connection(context) else { return 0 }
  unsafe connection.bodyArrived(UnsafeBufferPointer(start: data, count: count).span, on: stream)
  return 0
}

@c(points_client_frame_sent)
private func frameSent(
  _ session: OpaquePointer?, _ frame: UnsafePointer<nghttp2_frame>?, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let head = unsafe frame?.pointee.hd, UInt32(head.type) == NGHTTP2_HEADERS.rawValue else { return 0 }
  unsafe connection(context)?.headLeft(on: head.stream_id)
  return 0
}

@c(points_client_stream_closed)
private func streamClosed(
  _ session: OpaquePointer?, _ stream: Int32, _ code: UInt32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  unsafe connection(context)?.streamCloses(stream, code: code)
  return 0
}

/// Copies the next part of a body into the frame being made.
@c(points_client_read_body)
private func readBody(
  _ session: OpaquePointer?, _ stream: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ room: Int,
  _ flags: UnsafeMutablePointer<UInt32>?, _ source: UnsafeMutablePointer<nghttp2_data_source>?,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let buffer = unsafe buffer, let flags = unsafe flags,
    let call = unsafe connection(context)?.streams[stream], let body = call.exchange?.call.body
  else { return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue) }
  let count = min(room, body.count - call.bodySent)
  unsafe body.withUnsafeBufferPointer { body in
    guard let start = body.baseAddress else { return }
    unsafe buffer.update(from: start + call.bodySent, count: count)
  }
  call.bodySent += count
  if call.bodySent == body.count { unsafe flags.pointee |= NGHTTP2_DATA_FLAG_EOF.rawValue }
  return count
}
