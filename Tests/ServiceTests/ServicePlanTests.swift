// Settings that are allowed one by one, and not together.
import Configuration
import EventLoop
import Foundation
import Testing

@testable import Service

struct ServicePlanTests {
  @Test(arguments: [(1, 1, true), (1, nil, true), (nil, 1, true), (nil, nil, true), (2, 1, false)])
  func `bounds that no award can keep stop the start`(least: Int64?, most: Int64?, isPlan: Bool) throws {
    let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    let log = LineWriter(descriptor: nowhere)
    defer { log.close() }
    var configuration = ServeConfiguration(databaseURL: Secret("postgres://h/d"))
    configuration.minAward = least
    configuration.maxAward = most
    var refusal: ServiceError?
    do throws(ServiceError) { _ = try ServicePlan(configuration, log: log) } catch { refusal = error }
    #expect((refusal == nil) == isPlan)
    #expect(isPlan || refusal?.description.contains("POINTS_MIN_AWARD") == true)
  }

  @Test(arguments: [("", true), (Installation.reportKey, true), ("nWGx", false)])
  func `a key that signs nothing stops the start, and none at all does not`(key: String, isPlan: Bool) throws
  {
    let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    let log = LineWriter(descriptor: nowhere)
    defer { log.close() }
    var configuration = ServeConfiguration(databaseURL: Secret("postgres://h/d"))
    configuration.reportKey = Secret(key)
    var refusal: ServiceError?
    do throws(ServiceError) { _ = try ServicePlan(configuration, log: log) } catch { refusal = error }
    #expect((refusal == nil) == isPlan)
    #expect(isPlan || refusal?.description.contains("POINTS_REPORT_KEY") == true)
    #expect(isPlan || refusal?.description.contains(key) == false)
  }
}
