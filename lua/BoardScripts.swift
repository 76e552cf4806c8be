// The Lua scripts, embedded from the files beside this one and named for Swift. What several of them need
// stands in front of each, for a script can call no other.
package import RedisClient

/// Every script that Redis runs for us. A client must be made with all of them.
package enum BoardScripts {
  package static let applyAccounts = RedisScript(
    name: "apply_accounts",
    source: findPlaces + scoreValues + keepSlots + PackageResources.apply_accounts_lua)
  package static let advanceAccounts = RedisScript(
    name: "advance_accounts", source: PackageResources.advance_accounts_lua)
  package static let beginEpoch = RedisScript(
    name: "begin_epoch",
    source: listSlots + PackageResources.begin_epoch_lua)
  package static let finishEpoch = RedisScript(
    name: "finish_epoch",
    source: listSlots + PackageResources.finish_epoch_lua)
  package static let dropEpoch = RedisScript(
    name: "drop_epoch",
    source: listSlots + PackageResources.drop_epoch_lua)
  package static let retireSlots = RedisScript(
    name: "retire_slots",
    source: listSlots + PackageResources.retire_slots_lua)
  package static let movePosition = RedisScript(
    name: "move_position", source: PackageResources.move_position_lua)
  package static let retireEpoch = RedisScript(
    name: "retire_epoch", source: PackageResources.retire_epoch_lua)
  package static let findOutdated = RedisScript(
    name: "find_outdated",
    source: findPlaces + PackageResources.find_outdated_lua)
  package static let readPage = RedisScript(
    name: "read_page",
    source: keepSlots + rankRows + PackageResources.read_page_lua)
  package static let readRanks = RedisScript(
    name: "read_ranks",
    source: findPlaces + keepSlots + rankRows + PackageResources.read_ranks_lua)
  package static let readAround = RedisScript(
    name: "read_around",
    source: findPlaces + keepSlots + rankRows + PackageResources.read_around_lua)
  package static let readDistribution = RedisScript(
    name: "read_distribution",
    source: keepSlots + rankRows + PackageResources.read_distribution_lua)
  package static let readQuantiles = RedisScript(
    name: "read_quantiles",
    source: keepSlots + rankRows + PackageResources.read_quantiles_lua)
  package static let checkAccounts = RedisScript(
    name: "check_accounts",
    source: findPlaces + scoreValues + keepSlots + PackageResources.check_accounts_lua)
  package static let findScores = RedisScript(
    name: "find_scores", source: PackageResources.find_scores_lua)
  package static let scanBoard = RedisScript(
    name: "scan_board",
    source: findPlaces + scoreValues + PackageResources.scan_board_lua)
  package static let scanScores = RedisScript(
    name: "scan_scores", source: PackageResources.scan_scores_lua)
  package static let scanAccounts = RedisScript(
    name: "scan_accounts", source: PackageResources.scan_accounts_lua)
  package static let scanStates = RedisScript(
    name: "scan_states", source: PackageResources.scan_states_lua)
  package static let weighMirror = RedisScript(
    name: "weigh_mirror",
    source: listSlots + PackageResources.weigh_mirror_lua)
  package static let removeGhosts = RedisScript(
    name: "remove_ghosts",
    source: findPlaces + keepSlots + PackageResources.remove_ghosts_lua)
  package static let correctSum = RedisScript(
    name: "correct_sum", source: PackageResources.correct_sum_lua)

  package static let all = [
    advanceAccounts, applyAccounts, beginEpoch, finishEpoch, dropEpoch, retireSlots, movePosition,
    retireEpoch, findOutdated, readPage, readRanks, readAround, readDistribution, readQuantiles,
    checkAccounts, findScores, scanBoard, scanScores, scanAccounts, scanStates, weighMirror, removeGhosts,
    correctSum,
  ]

  // MARK: What stands in front

  private static let findPlaces = PackageResources.find_places_lua
  private static let scoreValues = PackageResources.score_values_lua
  private static let listSlots = PackageResources.list_slots_lua
  private static let keepSlots = PackageResources.keep_slots_lua
  private static let rankRows = PackageResources.rank_rows_lua
}
