// Fingerprints are compared with those of years ago, so these bytes are for ever.
import Ledger
import Testing

@testable import LedgerStore

struct RequestContentTests {
  private let service = ServiceID(UUIDBits(high: 0x0123_4567_89AB_4DEF, low: 0x8123_4567_89AB_CDEF))

  private func award(_ change: (inout RequestContent) -> Void = { _ in }) -> RequestContent {
    var content = RequestContent(.award)
    content.add(.legs, 1)
    content.beginLeg()
    content.add(.userId, "ada")
    content.add(.amount, 10)
    content.add(.pointType, UUIDBits(high: 1, low: 2))
    content.add(.reason, nil as String?)
    change(&content)
    return content
  }

  @Test func `a known request has the digests it always had`() {
    let request = Request(service: service, key: Array("key-1".utf8), content: award())
    #expect(request.digest.text == "5c4c9efd-fe5f-cc3c-6cea-d5866ad33167")
    let hexadecimal = request.fingerprint.bytes.map {
      String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
    }
    let expected =
      "b2e0ab8eb447b8e72d87db6ac8346db1"
      + "fc49f011fc49f0116c38cd61e3faf011f011f011f011f011f011f011f011f011f011f011f011"
    #expect(hexadecimal.joined() == expected)
  }

  @Test func `each field tells of its own difference`() {
    let plain = award().fingerprint
    for field in RequestFingerprint.Field.allCases {
      let changed = award { $0.add(field, "more") }.fingerprint
      #expect(changed.difference(from: plain) == field)
      #expect(changed.difference(from: award { $0.add(field, "more") }.fingerprint) == nil)
      #expect(changed.difference(from: award { $0.add(field, "moRe") }.fingerprint) == field)
    }
  }

  @Test func `no two contents run into each other`() {
    let contents: [(inout RequestContent) -> Void] = [
      { $0.add(.reason, "ab") }, { $0.add(.reason, "") }, { _ in },
      {
        $0.add(.reason, "a"); $0.add(.reason, "b")
      },
      {
        $0.add(.reason, "a"); $0.beginLeg(); $0.add(.reason, "b")
      },
      {
        $0.beginLeg(); $0.add(.reason, "ab")
      },
      {
        $0.beginLeg(); $0.beginLeg(); $0.add(.reason, "ab")
      },
      { $0.add(.description, "ab") },
    ]
    let fingerprints = contents.map { award($0).fingerprint.bytes }
    #expect(Set(fingerprints).count == fingerprints.count)
  }

  @Test func `a key belongs to its service`() {
    func digest(_ low: UInt64, _ key: String) -> UUIDBits {
      let service = ServiceID(UUIDBits(high: 7, low: low))
      return Request(service: service, key: Array(key.utf8), content: award()).digest
    }
    #expect(Set([digest(1, "a"), digest(1, "b"), digest(2, "a"), digest(1, "aa")]).count == 4)
    #expect(digest(1, "a") == digest(1, "a"))
  }
}
