// What an address says, what it must not say aloud, and which addresses are refused.
import RedisClient
import Testing

@Suite struct RedisAddressTests {
  @Test func `a full address gives every part`() throws {
    let address = try RedisAddress("redis://alice:s%40cret@redis.example:6380/7")
    #expect(address.endpoint == .tcp(host: "redis.example", port: 6380))
    #expect(address.user == "alice")
    #expect(address.database == 7)
    #expect(address != (try RedisAddress("redis://alice:other@redis.example:6380/7")))
    #expect(address == (try RedisAddress("redis://alice:s@cret@redis.example:6380/7")))
  }

  @Test func `what is left out has its default`() throws {
    let address = try RedisAddress("redis://localhost")
    #expect(address.endpoint == .tcp(host: "localhost", port: 6379))
    #expect(address.user == nil)
    #expect(address.database == 0)
    #expect(address.description == "redis://localhost:6379/0")
  }

  @Test(arguments: [
    "unix:///run/my%20redis/r.sock?db=3&user=bob&password=p%26q",
    "unix://bob:p%26q@/run/my%20redis/r.sock?db=3",
  ])
  func `a unix address gives every part`(url: String) throws {
    let address = try RedisAddress(url)
    #expect(address.endpoint == .unix(path: "/run/my redis/r.sock"))
    #expect(address.user == "bob")
    #expect(address.database == 3)
    #expect(address == (try RedisAddress("unix:///run/my%20redis/r.sock?db=3&password=p%26q&user=bob")))
  }

  @Test func `an IPv6 host stands in brackets`() throws {
    let address = try RedisAddress("redis://[::1]:7000/1")
    #expect(address.endpoint == .tcp(host: "::1", port: 7000))
    #expect(address.description == "redis://[::1]:7000/1")
  }

  @Test(arguments: [
    "redis://:hunter2@localhost/1", "redis://me:hunter2@localhost", "unix:///r.sock?password=hunter2",
  ])
  func `no way of printing shows the password`(url: String) throws {
    let address = try RedisAddress(url)
    var dumped = ""
    dump(address, to: &dumped)
    let optional: RedisAddress? = address
    for text in [
      "\(address)", String(reflecting: address), dumped, "\(String(describing: optional))", "\([address])",
    ] {
      #expect(!text.contains("hunter2"))
    }
    #expect("\(address)".contains("***"))
  }

  @Test(arguments: [
    ("rediss://localhost", "TLS"), ("http://localhost", "redis://"), ("localhost:6379", "redis://"),
    ("redis://", "host"), ("redis://localhost:0", "port"), ("redis://localhost:65536", "port"),
    ("redis://localhost/minus", "database"), ("redis://localhost/-1", "database"),
    ("redis://localhost/+1", "database"), ("redis://secret@localhost", "colon"),
    ("redis://:%zz@localhost", "hexadecimal"), ("redis://:%4@localhost", "hexadecimal"),
    ("redis://:%ff@localhost", "UTF-8"), ("unix://r.sock", "absolute"),
    ("unix:///r.sock?pasword=secret", "parameter"),
    ("unix:///r.sock?user=me", "password"), ("redis://[::1]7000", ":port"),
  ])
  func `a wrong address is refused with a reason that shows no secret`(url: String, word: String) {
    let error = #expect(throws: RedisError.self) { try RedisAddress(url) }
    #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    #expect(error?.description.contains("secret") == false)
  }
}
