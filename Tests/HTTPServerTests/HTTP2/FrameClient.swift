// A client of the server under test that sends frames and not requests, so that it can break every rule.
import TestSupport

typealias FrameClient = FramePeer<RawClient>

extension RawClient: ByteChannel {}

extension FramePeer<RawClient> {
  convenience init(
    _ server: ServerUnderTest, settings: [(UInt16, UInt32)] = [], receiveBuffer: Int32? = nil
  ) throws {
    try self.init(server, beginningWith: .settings(settings), receiveBuffer: receiveBuffer)
  }

  convenience init(
    _ server: ServerUnderTest, beginningWith frame: Frame, receiveBuffer: Int32? = nil
  ) throws {
    try self.init(over: RawClient(server, receiveBuffer: receiveBuffer), beginningWith: frame)
  }
}

enum ErrorCode {
  static let none: UInt32 = 0
  static let protocolError: UInt32 = 1
  static let flowControl: UInt32 = 3
  static let frameSize: UInt32 = 6
  static let refusedStream: UInt32 = 7
  static let cancel: UInt32 = 8
  static let compression: UInt32 = 9
  static let enhanceYourCalm: UInt32 = 11
}
