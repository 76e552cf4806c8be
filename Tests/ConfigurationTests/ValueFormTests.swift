// What each kind of value may look like, and what only looks like it.
import Testing

@testable import Configuration

struct ValueFormTests {
  @Test(arguments: [
    ("0", 0), ("4", 4), ("256", 256), ("007", 7), ("257", nil), ("-1", nil), ("+1", nil), ("1.0", nil),
    (" 1", nil), ("1 ", nil), ("1s", nil), ("0x1", nil), ("٣", nil), ("99999999999999999999", nil),
    ("x", nil),
  ])
  func `a number is ASCII digits within its range`(text: String, value: Int?) {
    #expect((try? reading(["--workers", text]).configuration.workers) == value)
  }

  @Test(arguments: [
    ("250ms", Duration.milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)),
    ("1h", .seconds(3600)),
    ("99ms", nil), ("2h", nil), ("30", nil), ("s", nil), ("1 s", nil), ("1.5s", nil), ("1S", nil),
    ("-1s", nil),
    ("9223372036854775807h", nil),
  ])
  func `a duration is a number with a unit within its range`(text: String, value: Duration?) {
    #expect((try? reading(["--idle-timeout", text]).configuration.idleTimeout) == value)
  }

  @Test(arguments: [
    ("1024B", ByteCount(bytes: 1024)), ("64KiB", .kibibytes(64)), ("1MiB", .mebibytes(1)), ("1023B", nil),
    ("257MiB", nil), ("1GiB", nil), ("64", nil), ("64KB", nil), ("64k", nil), ("9223372036854775807GiB", nil),
  ])
  func `a size is a number with a binary unit within its range`(text: String, value: ByteCount?) {
    #expect((try? reading(["--max-body", text]).configuration.maxBody) == value)
  }

  @Test(arguments: [("on", true), ("true", true), ("off", false), ("false", false), ("1", nil), ("ON", nil)])
  func `a switch is on or off`(text: String, value: Bool?) {
    #expect((try? reading([], ["POINTS_REUSE_PORT": text]).configuration.reusePort) == value)
  }

  @Test(arguments: [
    ("off", AccessLogLevel.off), ("errors", .errors), ("all", .all), ("none", nil), ("All", nil),
  ])
  func `a choice is one of its names`(text: String, value: AccessLogLevel?) {
    #expect((try? reading(["--access-log", text]).configuration.accessLog) == value)
  }

  @Test(arguments: [
    ("0.0.0.0:80", "0.0.0.0:80"), ("127.0.0.1:0", "127.0.0.1:0"), ("localhost:8080", "127.0.0.1:8080"),
    ("[::]:65535", "[::]:65535"), ("[2001:db8::1]:80", "[2001:db8::1]:80"),
    ("[::ffff:1.2.3.4]:1", "[::ffff:1.2.3.4]:1"),
    ("[1:2:3:4:5:6:7:8]:1", "[1:2:3:4:5:6:7:8]:1"), ("[1:2:3:4:5:6:1.2.3.4]:1", "[1:2:3:4:5:6:1.2.3.4]:1"),
  ])
  func `a listen address is numeric and keeps its port`(text: String, shown: String) throws {
    #expect(try reading(["--listen", text]).configuration.listen.description == shown)
  }

  @Test(arguments: [
    "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80 ",
    "1.2.3:80",
    "1.2.3.256:80", "1.2.3.04:80", "1.2.3.4.5:80", "::1:80", "[::1]", "[::1]80", "[]:80", "[:]:80",
    "[:::]:80",
    "[1::2::3]:80", "[1:2:3:4:5:6:7]:80", "[1:2:3:4:5:6:7::8]:80", "[12345::]:80", "[g::]:80", "[1.2.3.4]:80",
    "[1.2.3.4::]:80", "[fe80::1%eth0]:80", "[:1:2:3:4:5:6:7:8]:80", "example.com:80", "*:80",
  ])
  func `an odd listen address is refused`(text: String) {
    #expect(errors(["--listen", text]).count == 1)
  }

  @Test(arguments: [
    "postgres://h/d", "postgresql://u:p@h:5432/d?sslmode=require", "host=/run/postgresql dbname=points",
    "dbname = 'my points'",
  ])
  func `a database is a URL or key and value pairs`(text: String) throws {
    #expect(try reading(["--database-url", text]).configuration.databaseURL.revealed == text)
  }

  @Test(arguments: [
    "postgres://", "mysql://h/d?a=b", "points", "host", "host='x", "Postgres://h", " ", "a=b\nc=d",
  ])
  func `another text for the database is refused`(text: String) {
    #expect(errors(["--database-url", text]).count == 1)
  }

  @Test(arguments: ["redis://h", "redis://user:p@h:6379/3", "unix:///run/redis.sock?db=0&password=p"])
  func `Redis is named by a URL`(text: String) throws {
    #expect(try reading(["--redis-url", text]).configuration.redisURL.revealed == text)
  }

  @Test(arguments: [
    "", "redis://", "unix://", "unix:///", "unix://run/redis.sock", "127.0.0.1:6379", "rediss://h",
  ])
  func `another text for Redis is refused`(text: String) {
    #expect(errors(["--redis-url", text]).count == 1)
  }
}
