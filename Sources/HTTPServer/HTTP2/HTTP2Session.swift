// The handle of an nghttp2 session: bytes go in, and its callbacks tell what they meant; answers are
// submitted, and bytes come out. It knows nothing of sockets or requests.
import CNghttp2
import EventLoop

/// One server session. Its methods must not be called from callbacks, except those that submit something.
@safe
struct HTTP2Session: ~Copyable {
  private let handle: OpaquePointer

  /// Nil only if there is no memory.
  init?() {
    var made: OpaquePointer?
    let status = unsafe nghttp2_session_server_new2(&made, HTTP2Callbacks.table, nil, HTTP2Callbacks.options)
    guard status == 0, let made = unsafe made else { return nil }
    unsafe handle = made
  }

  deinit {
    unsafe nghttp2_session_del(handle)
  }

  /// Whom the callbacks tell. The session does not keep it alive, so only it may use the session.
  func report(to connection: HTTP2Connection) {
    unsafe nghttp2_session_set_user_data(handle, Unmanaged.passUnretained(connection).toOpaque())
  }

  // MARK: Bytes

  /// Zero, or a number of nghttp2's for what was so wrong that the connection must end.
  func receive(_ bytes: Span<UInt8>) -> Int32 {
    let count = unsafe bytes.withUnsafeBufferPointer {
      unsafe nghttp2_session_mem_recv(handle, $0.baseAddress, $0.count)
    }
    return count < 0 ? Int32(count) : 0
  }

  /// Adds the next frame to the socket's output; false when there is none that may be sent now. Data frames
  /// are written by the callback, before this returns.
  func sendNext(into socket: Socket) -> Bool {
    var bytes: UnsafePointer<UInt8>?
    let count = unsafe nghttp2_session_mem_send(handle, &bytes)
    guard count > 0 else { return false }
    unsafe socket.output.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    return true
  }

  var wantsToRead: Bool { unsafe nghttp2_session_want_read(handle) != 0 }
  var wantsToWrite: Bool { unsafe nghttp2_session_want_write(handle) != 0 }

  // MARK: Streams

  /// Streams are known by a place in the connection's list.
  func setPlace(_ place: Int, of stream: Int32) {
    unsafe nghttp2_session_set_stream_user_data(
      handle, stream, UnsafeMutableRawPointer(bitPattern: place + 1))
  }

  func place(of stream: Int32) -> Int? {
    guard let context = unsafe nghttp2_session_get_stream_user_data(handle, stream) else { return nil }
    return Int(bitPattern: context) - 1
  }

  /// Opens the windows again by what was taken of a body.
  func consume(_ count: Int, of stream: Int32) {
    unsafe nghttp2_session_consume(handle, stream, count)
  }

  /// The same for what nobody takes: the other streams must not suffer, this one gets no more.
  func discard(_ count: Int) {
    unsafe nghttp2_session_consume_connection(handle, count)
  }

  func submitContinue(_ block: HTTP2FieldBlock, to stream: Int32) {
    _ = unsafe block.withFields { fields, count in
      unsafe nghttp2_submit_headers(
        handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream, nil, fields, count, nil)
    }
  }

  /// Without a body the fields end the stream.
  func submitResponse(_ block: HTTP2FieldBlock, to stream: Int32, place: Int, hasBody: Bool) {
    _ = unsafe block.withFields { fields, count in
      guard hasBody else {
        return unsafe nghttp2_submit_response(handle, stream, fields, count, nil)
      }
      var provider = unsafe nghttp2_data_provider()
      unsafe provider.source.fd = Int32(place)
      unsafe provider.read_callback = HTTP2Callbacks.bodyReader
      return unsafe nghttp2_submit_response(handle, stream, fields, count, &provider)
    }
  }

  /// There is something to send again on a stream that had nothing.
  func resume(_ stream: Int32) {
    unsafe nghttp2_session_resume_data(handle, stream)
  }

  func submitReset(_ stream: Int32, _ code: HTTP2ErrorCode) {
    unsafe nghttp2_submit_rst_stream(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream, code.rawValue)
  }

  // MARK: Windows

  /// What the peer still takes of this stream's body.
  func window(of stream: Int32) -> Int32 {
    unsafe nghttp2_session_get_stream_remote_window_size(handle, stream)
  }

  /// What the peer still takes of all bodies together.
  var window: Int32 { unsafe nghttp2_session_get_remote_window_size(handle) }

  // MARK: The connection

  func submitSettings(_ limits: ServerLimits) {
    var settings = [
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS.rawValue), value: UInt32(limits.streams)),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE.rawValue),
        value: UInt32(limits.request.head)),
      // No tree of priorities, which costs more to keep than it ever saves.
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES.rawValue), value: 1),
    ]
    let isWider = limits.window > 64 * 1024
    if isWider {
      settings.append(
        nghttp2_settings_entry(
          settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue), value: UInt32(limits.window)))
    }
    let none = UInt8(NGHTTP2_FLAG_NONE.rawValue)
    unsafe nghttp2_submit_settings(handle, none, settings, settings.count)
    if isWider { unsafe nghttp2_session_set_local_window_size(handle, none, 0, Int32(limits.window)) }
  }

  /// Says that the connection is about to end, and asks for an echo: when it comes, the peer has heard it.
  func submitShutdownNotice() {
    unsafe nghttp2_submit_shutdown_notice(handle)
    unsafe nghttp2_submit_ping(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil)
  }

  /// Names the last request that will be answered.
  func submitGoAway() {
    let last = unsafe nghttp2_session_get_last_proc_stream_id(handle)
    unsafe nghttp2_submit_goaway(
      handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), last, HTTP2ErrorCode.none.rawValue, nil, 0)
  }

  /// Ends the session: nothing that arrives counts any more.
  func terminate(_ code: HTTP2ErrorCode) {
    unsafe nghttp2_session_terminate_session(handle, code.rawValue)
  }
}
