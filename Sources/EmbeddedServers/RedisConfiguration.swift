// The settings of the private Redis. Nothing may be evicted: the service counts on what it wrote. The
// append-only file keeps the data; a second kind of file beside it (`save`) would only cost.

struct RedisConfiguration {
  let socketPath: String
  let port: UInt16?
  let password: String?
  let durability: EmbeddedOptions.Durability
  /// Lines that add to those below or overrule them.
  let further: [String]

  /// In the format of redis.conf. `dir` stays the working directory; the values need no quoting.
  var text: String {
    let lines = [
      "unixsocket \(socketPath)", "unixsocketperm 700",
      "bind 127.0.0.1", "port \(port ?? 0)", password.map { "requirepass \($0)" },
      "daemonize no", "logfile \"\"",
      "appendonly yes", "appendfsync \(durability == .full ? "everysec" : "no")", "save \"\"",
      "maxmemory-policy noeviction",
    ]
    return (lines.compactMap { $0 } + further).map { "\($0)\n" }.joined()
  }
}
