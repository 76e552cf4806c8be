// Signals of this process are for the threads that wait for them, not for the owners of child processes.

private import Glibc

enum SignalMask {
  static func blockAll() {
    var all = sigset_t()
    _ = unsafe sigfillset(&all)
    _ = unsafe pthread_sigmask(SIG_SETMASK, &all, nil)
  }
}
