// points bench: what `make bench` runs. Prints what the service costs beside its yardsticks, and fails
// when a bar is not met.
import Benchmark

enum BenchCommand {
  static func run(_ arguments: [String]) -> ExitStatus {
    if arguments.contains("--help") || arguments.contains("-h") {
      Terminal.say(BenchmarkOptions.usage)
      return .success
    }
    do throws(BenchmarkError) {
      let options = try BenchmarkOptions(arguments: arguments)
      guard isOptimized else {
        Terminal.complain("points bench: this is a debug build, whose figures say nothing; use make bench")
        return .failure
      }
      let report = try Benchmark.run(options)
      Terminal.say(report.text)
      return report.isEveryBarMet ? .success : .failure
    } catch {
      Terminal.complain("points bench: \(error)")
      if case .usage = error { return .usage }
      return .failure
    }
  }

  private static var isOptimized: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }
}
