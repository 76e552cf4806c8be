// What the system allows a process, and what it holds.
import Foundation

/// Thousands of connections need thousands of descriptors: as many as the system lets us have.
func raiseDescriptorLimit() {
  var limit = rlimit()
  guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
  limit.rlim_cur = limit.rlim_max
  unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// The memory a process holds, in KiB; 0 if there is no such process.
func residentKiB(of process: pid_t) -> Int {
  guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return 0 }
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
  return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
}
