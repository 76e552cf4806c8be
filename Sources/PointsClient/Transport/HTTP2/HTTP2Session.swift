// The handle of an nghttp2 session, of the client's end: bytes go in, and its callbacks tell what they meant;
// requests are submitted, and bytes come out. It knows nothing of sockets or calls.
import CNghttp2
import EventLoop

/// One session. Its methods must not be called from callbacks, except those that submit something.
@safe
struct HTTP2Session: ~Copyable {
  private let handle: OpaquePointer

  /// What an answer may bring before we have looked at it, and all answers of a connection together.
  private static let streamWindow: UInt32 = 1 << 20
  private static let connectionWindow: Int32 = 16 << 20

  /// Nil only if there is no memory.
  init?() {
    var made: OpaquePointer?
    let status = unsafe nghttp2_session_client_new2(&made, HTTP2Callbacks.table, nil, HTTP2Callbacks.options)
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

  /// False when what came was so wrong that the connection must end.
  func receive(_ bytes: Span<UInt8>) -> Bool {
    let count = unsafe bytes.withUnsafeBufferPointer {
      unsafe nghttp2_session_mem_recv(handle, $0.baseAddress, $0.count)
    }
    return count >= 0
  }

  /// Adds the next frame to the socket's output; false when there is none that may be sent now.
  func sendNext(into socket: Socket) -> Bool {
    var bytes: UnsafePointer<UInt8>?
    let count = unsafe nghttp2_session_mem_send(handle, &bytes)
    guard count > 0 else { return false }
    unsafe socket.output.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    return true
  }

  /// Neither when the session is over, because of a peer that broke the rules or said farewell.
  var wantsMore: Bool {
    unsafe nghttp2_session_want_read(handle) != 0 || nghttp2_session_want_write(handle) != 0
  }

  // MARK: Requests

  /// Calls that the service lets us have under way.
  var callLimit: Int {
    Int(unsafe nghttp2_session_get_remote_settings(handle, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS))
  }

  /// Whether there may be another request: the numbers of streams last for 2^30 of them.
  var takesRequests: Bool { unsafe nghttp2_session_check_request_allowed(handle) != 0 }

  /// The number of the request's stream; nil if there can be none.
  func submitRequest(_ fields: HTTP2RequestFields, hasBody: Bool) -> Int32? {
    let stream = unsafe fields.withFields { fields, count in
      guard hasBody else { return unsafe nghttp2_submit_request(handle, nil, fields, count, nil, nil) }
      var provider = unsafe nghttp2_data_provider()
      unsafe provider.read_callback = HTTP2Callbacks.bodyReader
      return unsafe nghttp2_submit_request(handle, nil, fields, count, &provider, nil)
    }
    return stream > 0 ? stream : nil
  }

  func submitReset(_ stream: Int32, _ code: HTTP2ErrorCode) {
    unsafe nghttp2_submit_rst_stream(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream, code.rawValue)
  }

  // MARK: The connection

  func submitSettings(_ limits: AnswerLimits) {
    let settings = [
      nghttp2_settings_entry(settings_id: Int32(NGHTTP2_SETTINGS_ENABLE_PUSH.rawValue), value: 0),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue), value: Self.streamWindow),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE.rawValue), value: UInt32(limits.headBytes)),
    ]
    let none = UInt8(NGHTTP2_FLAG_NONE.rawValue)
    unsafe nghttp2_submit_settings(handle, none, settings, settings.count)
    unsafe nghttp2_session_set_local_window_size(handle, none, 0, Self.connectionWindow)
  }

  /// Asks for an echo.
  func submitPing() {
    unsafe nghttp2_submit_ping(handle, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil)
  }

  /// Ends the session: nothing that arrives counts any more.
  func terminate() {
    unsafe nghttp2_session_terminate_session(handle, HTTP2ErrorCode.none.rawValue)
  }
}

/// Why a stream or a connection ends, as RFC 9113 section 7 numbers it.
enum HTTP2ErrorCode: UInt32 {
  case none = 0
  /// The stream was not looked at.
  case refusedStream = 7
  case cancel = 8
}
