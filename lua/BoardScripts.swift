// The Lua scripts, embedded from the files beside this one and named for Swift.
package import RedisClient

/// Every script that Redis runs for us. A client must be made with all of them.
package enum BoardScripts {
  package static let applyAccounts = RedisScript(
    name: "apply_accounts", source: PackageResources.apply_accounts_lua)
  package static let beginEpoch = RedisScript(name: "begin_epoch", source: PackageResources.begin_epoch_lua)
  package static let finishEpoch = RedisScript(
    name: "finish_epoch", source: PackageResources.finish_epoch_lua)
  package static let dropEpoch = RedisScript(name: "drop_epoch", source: PackageResources.drop_epoch_lua)
  package static let movePosition = RedisScript(
    name: "move_position", source: PackageResources.move_position_lua)
  package static let retireEpoch = RedisScript(
    name: "retire_epoch", source: PackageResources.retire_epoch_lua)
  package static let findOutdated = RedisScript(
    name: "find_outdated", source: PackageResources.find_outdated_lua)
  package static let readPage = RedisScript(name: "read_page", source: PackageResources.read_page_lua)
  package static let readRank = RedisScript(name: "read_rank", source: PackageResources.read_rank_lua)
  package static let readAround = RedisScript(name: "read_around", source: PackageResources.read_around_lua)
  package static let readUsers = RedisScript(name: "read_users", source: PackageResources.read_users_lua)
  package static let checkAccounts = RedisScript(
    name: "check_accounts", source: PackageResources.check_accounts_lua)
  package static let scanBoard = RedisScript(name: "scan_board", source: PackageResources.scan_board_lua)
  package static let scanAccounts = RedisScript(
    name: "scan_accounts", source: PackageResources.scan_accounts_lua)
  package static let scanStates = RedisScript(
    name: "scan_states", source: PackageResources.scan_states_lua)
  package static let weighMirror = RedisScript(
    name: "weigh_mirror", source: PackageResources.weigh_mirror_lua)
  package static let removeGhosts = RedisScript(
    name: "remove_ghosts", source: PackageResources.remove_ghosts_lua)
  package static let correctSum = RedisScript(name: "correct_sum", source: PackageResources.correct_sum_lua)

  package static let all = [
    applyAccounts, beginEpoch, finishEpoch, dropEpoch, movePosition, retireEpoch, findOutdated, readPage,
    readRank, readAround, readUsers, checkAccounts, scanBoard, scanAccounts, scanStates, weighMirror,
    removeGhosts, correctSum,
  ]
}
