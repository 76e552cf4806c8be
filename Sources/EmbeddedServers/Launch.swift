// What is to be run, and how it is to live: the one place that says what a child process inherits from us.

/// A program to start as a child of this process.
struct Launch: Sendable {
  var program: String
  var arguments: [String]
  var workingDirectory: String
  /// Whom the child runs as; nil is whoever we are.
  var account: UnprivilegedAccount?
  /// The signal, by its short name, that the kernel sends the child when we die, however we die.
  var deathSignal: String
  /// A file for standard input; nil is nothing to read.
  var input: String?
  /// Where standard output and error go: an open descriptor, lent for the start.
  var output: Int32

  /// `setpriv` changes the account first and names the death signal last, because a change of account clears
  /// it. The shell then looks whether we died in between, in which case the signal would never come; and it
  /// starts the program in its own place, so that the process id stays the same.
  var commandLine: [String] {
    var line = [Self.setprivPath, "--no-new-privs"]
    if let account {
      line += ["--reuid=\(account.userID)", "--regid=\(account.groupID)", "--clear-groups"]
    }
    line += ["--pdeathsig=\(deathSignal)", "--"]
    line += ["/bin/sh", "-c", Self.guardScript, "sh", String(ProcessTable.ownID), workingDirectory]
    return line + [program] + arguments
  }

  static let setprivPath = "/usr/bin/setpriv"

  private static let guardScript = """
    [ "$PPID" = "$1" ] || exit 125; cd "$2" || exit 126; umask 077; shift 2; exec "$@"
    """

  /// Variables of ours such as PGDATA, PGPORT or LC_ALL must not bend what the servers do.
  static let environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"]
}
