// How much memory the private Postgres keeps pages in. What a ledger of a million accounts reads and writes
// all the time is about 1 GB: where that does not fit, every award moves pages to and from the kernel.

private import Glibc

enum SharedBuffers {
  private static let mebibyte = 1 << 20

  /// An eighth of the memory that there is for us: Redis and whatever else is here need theirs. What is not
  /// used yet takes none.
  static func megabytes(ofMemory bytes: Int) -> Int {
    min(max(bytes / 8 / mebibyte, 128), 4096)
  }

  /// What the machine has, or what a container may use of it that sees its own bound where cgroups of either
  /// version show it.
  static var memory: Int {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let bounds = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    return bounds.compactMap { Disk.readText($0).flatMap(bound) }.reduce(machine, min)
  }

  /// What such a file says; nil for "max", and for what is no number.
  static func bound(_ text: String) -> Int? {
    text.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }
  }
}
