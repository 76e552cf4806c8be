// Every odd shape we know of, with what is wrong about it.
// Most have been used to smuggle a request past a proxy.

import Testing

@testable import HTTPServer

struct OddRequest: Sendable, CustomTestStringConvertible {
  let what: String
  let bytes: [UInt8]
  let failure: ParseFailure

  var testDescription: String { what }

  init(_ what: String, _ text: String, _ failure: ParseFailure) {
    self.init(what, Array(text.utf8), failure)
  }

  init(_ what: String, _ bytes: [UInt8], _ failure: ParseFailure) {
    self.what = what
    self.bytes = bytes
    self.failure = failure
  }

  /// A GET whose field lines are the ones given.
  private static func fields(_ what: String, _ lines: String, _ failure: ParseFailure) -> OddRequest {
    OddRequest(what, "GET / HTTP/1.1\r\nHost: h\r\n\(lines)\r\n", failure)
  }

  /// A POST in chunks whose body is the one given.
  private static func chunks(_ what: String, _ body: String, _ failure: ParseFailure) -> OddRequest {
    OddRequest(what, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(body)", failure)
  }

  private static func line(_ what: String, _ line: String, _ failure: ParseFailure) -> OddRequest {
    OddRequest(what, "\(line)\r\nHost: h\r\n\r\n", failure)
  }

  static let all = requestLines + targets + fieldLines + hosts + lengths + codings + chunkSizes + chunkData

  static let requestLines: [OddRequest] = [
    line("an empty method", " / HTTP/1.1", .malformedMethod),
    line("a method with a slash", "GE/T / HTTP/1.1", .malformedMethod),
    line("a method with a control byte", "GE\u{1}T / HTTP/1.1", .malformedMethod),
    line("a method with a tab behind it", "GET\t/ HTTP/1.1", .malformedMethod),
    line("a method too long", String(repeating: "A", count: 33) + " / HTTP/1.1", .malformedMethod),
    line("a TLS greeting", "\u{16}\u{3}\u{1}", .malformedMethod),
    line("a line of a method only", "GET", .malformedRequestLine),
    line("a line without a version", "GET /", .malformedRequestLine),
    line("two blanks before the target", "GET  / HTTP/1.1", .malformedRequestLine),
    line("two blanks before the version", "GET /  HTTP/1.1", .malformedVersion),
    line("a blank behind the version", "GET / HTTP/1.1 ", .malformedVersion),
    line("a version in small letters", "GET / http/1.1", .malformedVersion),
    line("a version of one number", "GET / HTTP/1", .malformedVersion),
    line("a version of two digits", "GET / HTTP/1.10", .malformedVersion),
    line("a version with a comma", "GET / HTTP/1,1", .malformedVersion),
    line("a version that is none", "GET / FTP/1.1", .malformedVersion),
    line("HTTP/2", "GET / HTTP/2.0", .unsupportedVersion),
    line("HTTP/0.9 by name", "GET / HTTP/0.9", .unsupportedVersion),
    line("HTTP/1.2", "GET / HTTP/1.2", .unsupportedVersion),
    OddRequest("nearly the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r ", .unsupportedVersion),
    OddRequest("two empty lines", "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", .malformedRequestLine),
    OddRequest("an empty line of a line feed", "\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", .bareLineFeed),
    OddRequest("a carriage return first", "\rGET / HTTP/1.1\r\nHost: h\r\n\r\n", .bareCarriageReturn),
    OddRequest("a line feed in the method", "GET\n/ HTTP/1.1\r\n\r\n", .bareLineFeed),
    OddRequest("a line feed in the target", "GET /\nHost: h\r\n\r\n", .bareLineFeed),
    OddRequest("a line feed behind the version", "GET / HTTP/1.1\nHost: h\r\n\r\n", .bareLineFeed),
    OddRequest("a carriage return only", "GET / HTTP/1.1\rHost: h\r\n\r\n", .bareCarriageReturn),
    OddRequest("two carriage returns", "GET / HTTP/1.1\r\r\nHost: h\r\n\r\n", .bareCarriageReturn),
  ]

  static let targets: [OddRequest] = [
    line("a target without a slash", "GET points HTTP/1.1", .malformedTarget),
    line("a target of dots", "GET ../x HTTP/1.1", .malformedTarget),
    line("a NUL in the target", "GET /\0 HTTP/1.1", .malformedTarget),
    line("a control byte in the target", "GET /\u{7F} HTTP/1.1", .malformedTarget),
    line("a tab in the target", "GET /a\tb HTTP/1.1", .malformedTarget),
    line("a fragment", "GET /a#b HTTP/1.1", .malformedTarget),
    line("a backslash", "GET /a\\b HTTP/1.1", .malformedTarget),
    line("a quote", "GET /a\"b HTTP/1.1", .malformedTarget),
    line("raw UTF-8", "GET /é HTTP/1.1", .malformedTarget),
    line("a star for GET", "GET * HTTP/1.1", .malformedTarget),
    line("two stars", "OPTIONS ** HTTP/1.1", .malformedTarget),
    line("an authority", "CONNECT h:80 HTTP/1.1", .malformedTarget),
    line("a scheme we do not speak", "GET ftp://h/ HTTP/1.1", .malformedTarget),
    line("a scheme alone", "GET http:// HTTP/1.1", .malformedTarget),
    line("a URL without a host", "GET http:///x HTTP/1.1", .malformedTarget),
    line("a URL with a user", "GET http://u@h/ HTTP/1.1", .malformedTarget),
    line("a URL with a bad port", "GET http://h:99999/ HTTP/1.1", .malformedTarget),
    OddRequest("a URL without Host", "GET http://h/ HTTP/1.1\r\n\r\n", .missingHost),
  ]

  static let fieldLines: [OddRequest] = [
    fields("a folded field", "A: b\r\n c\r\n", .foldedField),
    fields("a field folded by a tab", "A: b\r\n\tc\r\n", .foldedField),
    OddRequest("a blank before the first field", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", .foldedField),
    fields("a blank before the colon", "A : b\r\n", .blankBeforeColon),
    fields("a tab before the colon", "A\t: b\r\n", .blankBeforeColon),
    fields("an empty name", ": b\r\n", .malformedFieldName),
    fields("a name with a bracket", "A(: b\r\n", .malformedFieldName),
    fields("a name with a NUL", "A\0: b\r\n", .malformedFieldName),
    fields("a name of UTF-8", "é: b\r\n", .malformedFieldName),
    fields("a line without a colon", "abc\r\n", .malformedFieldLine),
    fields("a NUL in a value", "A: b\0c\r\n", .controlByteInValue),
    fields("a control byte in a value", "A: b\u{1}c\r\n", .controlByteInValue),
    fields("a delete byte in a value", "A: b\u{7F}c\r\n", .controlByteInValue),
    fields("a control byte first in a value", "A: \u{8}\r\n", .controlByteInValue),
    fields("a line feed in a value", "A: b\nC: d\r\n", .bareLineFeed),
    fields("a line feed in a name", "A\nC: d\r\n", .bareLineFeed),
    fields("a line feed behind a colon", "A:\nC: d\r\n", .bareLineFeed),
    fields("a carriage return in a value", "A: b\rC: d\r\n", .bareCarriageReturn),
    OddRequest("an empty line of a line feed", "GET / HTTP/1.1\r\nHost: h\r\n\n", .bareLineFeed),
    OddRequest("an end without its line feed", "GET / HTTP/1.1\r\nHost: h\r\n\rX", .bareCarriageReturn),
    fields("an unknown expectation", "Expect: 200-ok\r\n", .unknownExpectation),
    fields("a second expectation", "Expect: 100-continue\r\nExpect: x\r\n", .unknownExpectation),
    fields("an empty expectation", "Expect:\r\n", .unknownExpectation),
  ]

  static let hosts: [OddRequest] =
    [
      OddRequest("no Host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", .missingHost),
      OddRequest("no fields", "GET / HTTP/1.1\r\n\r\n", .missingHost),
      fields("a second Host", "host: h\r\n", .repeatedHost),
      OddRequest("a repeated Host on 1.0", "GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", .repeatedHost),
    ]
    + [
      "", "a b", "a,b c", "h:x", "h:65536", "h:+80", ":80", "u@h", "h/", "[::1", "[]", "[g::]", "%0", "%00",
      "é",
    ].map {
      OddRequest("the host '\($0)'", "GET / HTTP/1.1\r\nHost: \($0)\r\n\r\n", .malformedHost)
    }

  static let lengths: [OddRequest] =
    [
      fields("a repeated length", "Content-Length: 3\r\nContent-Length: 3\r\n", .repeatedLength),
      fields("differing lengths", "Content-Length: 3\r\nCONTENT-LENGTH: 4\r\n", .repeatedLength),
    ]
    + [
      "", "+3", "-3", "-0", "3,3", "3, 3", "3 3", "0x3", "3.0", "1e1", "a", "3;", "9223372036854775808",
      "18446744073709551619", "00000000000000000003",
    ].map { fields("the length '\($0)'", "Content-Length: \($0)\r\n", .malformedLength) }

  static let codings: [OddRequest] =
    [
      fields(
        "a length and a coding", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        .lengthWithTransferCoding),
      fields(
        "a coding and a length", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        .lengthWithTransferCoding),
      fields(
        "a repeated coding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        .unsupportedTransferCoding),
      OddRequest(
        "a coding on 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        .transferCodingOnHTTP10),
    ]
    + [
      "", "gzip", "identity", "chunked, chunked", "gzip, chunked", "chunked, identity", "xchunked",
      "chunked;a=b",
      "\"chunked\"", "chunked,", ",chunked", "\u{B}chunked",
    ].map { value in
      let failure = value.contains("\u{B}") ? ParseFailure.controlByteInValue : .unsupportedTransferCoding
      return fields("the coding '\(value)'", "Transfer-Encoding: \(value)\r\n", failure)
    }

  static let chunkSizes: [OddRequest] =
    [
      "\r\n", "0x3\r\nabc\r\n", "+3\r\nabc\r\n", "-3\r\nabc\r\n", " 3\r\nabc\r\n", "3 \r\nabc\r\n",
      "3\t\r\nabc\r\n",
      "3 ;a\r\nabc\r\n", "g\r\n", "3,\r\n", "ffffffffffffffff\r\n", "8000000000000000\r\n",
      "10000000000000003\r\nabc\r\n", "00000000000000003\r\nabc\r\n", "3\0\r\nabc\r\n", ";a\r\n",
    ].map { chunks("the chunk size '\($0)'", $0, .malformedChunkSize) } + [
      chunks("a size ended by a line feed", "3\nabc\r\n0\r\n\r\n", .bareLineFeed),
      chunks("a size of a line feed", "\n", .bareLineFeed),
      chunks("a size ended by a carriage return", "3\rabc", .bareCarriageReturn),
      chunks("a size over any limit", "7fffffffffffffff\r\n", .bodyTooLong),
      chunks("a line feed in an extension", "3;a\nabc\r\n", .bareLineFeed),
      chunks("a line feed in a quoted extension", "3;a=\"\n\"\r\nabc\r\n", .bareLineFeed),
    ]
    + [
      ";", ";;a", ";=b", ";a=", ";a=\"", ";a=\"b\"c", ";a b", "; a", ";a= b", ";a=b c", ";a=b=c",
      ";a=\"\u{1}\"", ";\u{1}",
    ]
    .map { chunks("the extension '\($0)'", "3\($0)\r\nabc\r\n", .malformedChunkExtension) }

  static let chunkData: [OddRequest] = [
    chunks("data longer than its size", "3\r\nabcd\r\n0\r\n\r\n", .chunkNotEnded),
    chunks("data ended by a line feed", "3\r\nabc\n0\r\n\r\n", .chunkNotEnded),
    chunks("data ended by a carriage return", "3\r\nabc\r0\r\n\r\n", .chunkNotEnded),
    chunks("data not ended", "3\r\nabc0\r\n\r\n", .chunkNotEnded),
    chunks("a folded trailer", "0\r\nA: b\r\n c\r\n\r\n", .foldedField),
    chunks("a trailer without a colon", "0\r\nabc\r\n\r\n", .malformedFieldLine),
    chunks("a trailer with a NUL", "0\r\nA: \0\r\n\r\n", .controlByteInValue),
    chunks("a trailer ended by a line feed", "0\r\nA: b\n\r\n", .bareLineFeed),
    chunks("a blank before the colon of a trailer", "0\r\nA : b\r\n\r\n", .blankBeforeColon),
    chunks("an end of a line feed", "0\r\n\n", .bareLineFeed),
    chunks("an end without its line feed", "0\r\n\rX", .bareCarriageReturn),
  ]
}
