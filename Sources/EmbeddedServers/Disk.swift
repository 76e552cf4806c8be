// The few things we ask of the file system, each with a typed error that names the path.

private import Glibc

enum Disk {
  /// Makes one directory that only its owner may enter, unless it is there already.
  static func makePrivateDirectory(_ path: String) throws(EmbeddedServersError) {
    try makeDirectory(path, mode: 0o700)
  }

  static func makeDirectory(_ path: String, mode: UInt32) throws(EmbeddedServersError) {
    guard unsafe mkdir(path, mode) != 0 else { return }
    // Asked after the fact, so that two starters at once both succeed. A link or a file is no directory.
    guard errno == EEXIST, isDirectory(path) else {
      throw .fileSystem(action: "make the directory", path: path, errno: errno)
    }
  }

  /// Makes a new directory with a name nobody could foresee. `prefix` is the path up to the random part.
  static func makeUniqueDirectory(prefix: String) throws(EmbeddedServersError) -> String {
    var template = Array("\(prefix)XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw .fileSystem(action: "make a directory named", path: "\(prefix)...", errno: errno)
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  static func give(_ path: String, to account: UnprivilegedAccount?) throws(EmbeddedServersError) {
    guard let account else { return }
    guard unsafe lchown(path, account.userID, account.groupID) == 0 else {
      throw .fileSystem(action: "change the owner of", path: path, errno: errno)
    }
  }

  static func isDirectory(_ path: String) -> Bool {
    status(of: path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// Whether this is a directory that belongs to the user and to nobody else: what an unknown hand prepared
  /// for us in a public place is not.
  static func isPrivateDirectory(_ path: String, ofUser userID: UInt32) -> Bool {
    guard let status = status(of: path) else { return false }
    return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == userID && status.st_mode & 0o077 == 0
  }

  static func isExecutable(_ path: String) -> Bool {
    unsafe access(path, X_OK) == 0 && !isDirectory(path)
  }

  static func entries(of directory: String) throws(EmbeddedServersError) -> [String] {
    guard let stream = unsafe opendir(directory) else {
      throw .fileSystem(action: "list", path: directory, errno: errno)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  static func target(ofLink path: String) -> String? {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      let base = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
      count = unsafe base.map { unsafe max(0, readlink(path, $0, buffer.count)) } ?? 0
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  static func link(_ path: String, to target: String) throws(EmbeddedServersError) {
    guard unsafe symlink(target, path) == 0 else {
      throw .fileSystem(action: "make the link", path: path, errno: errno)
    }
  }

  /// The path without links and dots: what the kernel reports as the working directory of a process.
  static func realPath(_ path: String) throws(EmbeddedServersError) -> String {
    guard let resolved = unsafe realpath(path, nil) else {
      throw .fileSystem(action: "find", path: path, errno: errno)
    }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  static func rename(_ path: String, to newPath: String) throws(EmbeddedServersError) {
    guard unsafe Glibc.rename(path, newPath) == 0 else {
      throw .fileSystem(action: "rename", path: path, errno: errno)
    }
  }

  static func removeFile(_ path: String) {
    _ = unsafe unlink(path)
  }

  /// Makes what was renamed or made in this directory survive a power cut.
  static func sync(_ directory: String) throws(EmbeddedServersError) {
    let descriptor = try openFile(directory, O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw .fileSystem(action: "flush", path: directory, errno: errno)
    }
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status : nil
  }
}
