// hiredis finds the parts of a reply, this builds them: its reader calls back for
// every part, in the order of the wire, and a refusal stops it. So no reply of
// hiredis' own is allocated and converted, and what a reply may cost is decided before
// it is spent: hiredis 0.14 would allocate whatever number of elements a peer claims.

/// Puts the parts of one reply after another together.
final class ReplyBuilder {
  /// An array whose elements are still arriving.
  private struct OpenArray {
    var elements: [RedisValue]
    let count: Int
  }

  private let limits: ReplyLimits
  private var openArrays: [OpenArray] = []
  private var root: RedisValue?
  private var spentBytes = 0
  private var elements = 0
  /// Why the last part was refused.
  private(set) var refusal: RedisError?

  init(limits: ReplyLimits) {
    self.limits = limits
  }

  /// Nothing has begun that is not complete.
  var isIdle: Bool { openArrays.isEmpty && root == nil }

  func takeRoot() -> RedisValue? {
    let value = root.take()
    spentBytes = 0
    elements = 0
    return value
  }

  /// Whether the value was taken; false has made `refusal`.
  func add(_ value: RedisValue, bytes: Int = 0) -> Bool {
    // Elements of an array have been charged with the array.
    guard charge(elements: openArrays.isEmpty ? 1 : 0, bytes: bytes) else { return false }
    place(value)
    return true
  }

  func beginArray(count: Int) -> Bool {
    guard count > 0 else { return add(.array([])) }
    guard openArrays.count < ReplyLimits.depthMax else {
      return refuse(.replyTooLarge("arrays are nested deeper than \(ReplyLimits.depthMax)"))
    }
    // The claim counts in full at once: an array that cannot become complete is not begun.
    guard charge(elements: count, bytes: 0) else { return false }
    var array = OpenArray(elements: [], count: count)
    array.elements.reserveCapacity(min(count, Self.trustedCount))
    openArrays.append(array)
    return true
  }

  func refuse(_ error: RedisError) -> Bool {
    refusal = error
    return false
  }

  /// Memory is set aside for a claimed number of elements only up to here; beyond it grows as they come.
  private static let trustedCount = 256

  private func charge(elements count: Int, bytes: Int) -> Bool {
    elements += count
    spentBytes += bytes + count * ReplyLimits.bytesPerElement
    guard elements <= limits.elementsMax else {
      return refuse(.replyTooLarge("more than \(limits.elementsMax) elements"))
    }
    guard spentBytes <= limits.bytesMax else {
      return refuse(.replyTooLarge("more than \(limits.bytesMax) bytes"))
    }
    return true
  }

  /// Appends to the innermost open array, and closes every array that is complete by that.
  private func place(_ value: RedisValue) {
    var value = value
    while let last = openArrays.indices.last {
      openArrays[last].elements.append(value)
      guard openArrays[last].elements.count == openArrays[last].count else { return }
      value = .array(openArrays[last].elements)
      openArrays.removeLast()
    }
    root = value
  }
}
