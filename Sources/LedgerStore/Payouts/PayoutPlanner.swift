// Works out what is to be posted for the ranks of a snapshot: what the rules give, less what was given for
// its earlier revisions. Nothing is written here.
import Boards
package import Ledger
import PostgresClient
import Rewards

/// Of one transaction, which holds the ranks against others who plan for them.
package struct PayoutPlanner {
  /// Why there is no plan.
  package enum Refusal: Error, Sendable, Equatable {
    /// More would be given of a point type than may be.
    case overBudget(PointTypeID, by: Int128)
    case tooManyLegs
    /// More than anybody could be given.
    case tooLarge(UserID, PointTypeID)
  }

  package enum Outcome: Sendable, Equatable {
    case planned(PayoutPlan)
    case refused(Refusal)
    /// The entries are not all there: they are being removed, the last places first.
    case cutOff
  }

  let transaction: PostgresTransaction
  /// So many entries are read by one statement.
  let page: Int

  /// For a complete snapshot, and those that it revises.
  func plan(
    _ snapshot: Snapshot, revising earlier: [SnapshotID], by rules: [RewardRule], _ terms: RewardTerms
  ) async throws(PostgresError) -> Outcome {
    guard let wanted = try await rewards(of: snapshot, by: rules, terms) else { return .cutOff }
    guard wanted.lines.count <= PayoutPlan.legsMax else { return .refused(.tooManyLegs) }
    if let excess = wanted.excess(over: terms).first {
      return .refused(.overBudget(excess.pointType, by: excess.by))
    }
    let credits = earlier.isEmpty ? [] : try await transaction.query(ReadGivenRewards(snapshots: earlier))
    return await Self.besideTheLoop { Self.outcome(of: wanted, credits, for: snapshot, terms) }
  }

  /// A million lines are sorted and summed up for seconds, in which the loop has others to answer. Not so
  /// long that the transaction, which waits for it, would be taken for forgotten.
  static func besideTheLoop<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withTaskGroup(of: Value.self) { group in
      group.addTask(executorPreference: globalConcurrentExecutor) { work() }
      for await value in group { return value }
      preconditionFailure("A group gives what its only task has made.")
    }
  }

  private static func outcome(
    of wanted: RewardPlan, _ credits: [GivenRewards.Credit], for snapshot: Snapshot, _ terms: RewardTerms
  ) -> Outcome {
    let given = GivenRewards(credits)
    do throws(Refusal) {
      let legs =
        given.credits.isEmpty ? try Self.legs(of: wanted) : try Self.legs(from: given, to: wanted)
      return .planned(
        PayoutPlan(
          of: snapshot, legs: legs, sums: Self.sums(of: legs, terms), winners: wanted.winners,
          tiedScores: wanted.ties, tiedUsers: wanted.tied, isCorrection: !given.credits.isEmpty))
    } catch {
      return .refused(error)
    }
  }

  /// Nil where places are missing.
  private func rewards(
    of snapshot: Snapshot, by rules: [RewardRule], _ terms: RewardTerms
  ) async throws(PostgresError) -> RewardPlan? {
    let members = snapshot.contents?.members ?? 0
    var planner = RewardPlanner(
      rules, terms, style: snapshot.plan.order.style, population: members, linesMax: PayoutPlan.legsMax)
    var last: Int32 = 0
    // Only the planner knows where it ends: equals of the last who is rewarded may go on over many pages.
    while true {
      let entries = try await transaction.query(
        ReadEntries(snapshot: snapshot.number, after: last, limit: page))
      let goesOn = planner.add(
        entries.lazy.map { RankedUser(place: Int64($0.place), rank: Int64($0.rank), user: $0.user) })
      let end = Int64(last) + Int64(entries.count)
      // Places have no gaps, and behind a short page there are none.
      guard Int64(entries.last?.place ?? last) == end, entries.count == page || end == members else {
        return nil
      }
      guard goesOn, entries.count == page, let place = entries.last?.place else { break }
      last = place
    }
    return planner.finish()
  }

  // MARK: Lines

  private static func legs(of wanted: RewardPlan) throws(Refusal) -> [PayoutLeg] {
    var legs: [PayoutLeg] = []
    legs.reserveCapacity(wanted.lines.count)
    for line in wanted.lines {
      legs.append(try leg(line, amount: line.prize.reward.amount))
    }
    return legs
  }

  /// What is missing is given, in the order of the board; then what is too much is taken back.
  private static func legs(from given: GivenRewards, to wanted: RewardPlan) throws(Refusal) -> [PayoutLeg] {
    let correction = RewardCorrection(from: given.sums, to: wanted.byUser)
    var topUps: [AccountKey: Int128] = [:]
    for line in correction.topUps {
      topUps[AccountKey(user: line.user, pointType: line.pointType)] = line.amount
    }
    var legs: [PayoutLeg] = []
    for line in wanted.lines {
      let account = AccountKey(user: line.winner.user, pointType: line.prize.reward.pointType)
      guard let missing = topUps[account], missing > 0 else { continue }
      // Of several rules that give the same, each at most what it gives.
      let part = min(missing, line.prize.reward.amount)
      topUps[account] = missing - part
      legs.append(try leg(line, amount: part))
    }
    var standings: [UserID: PayoutLeg.Standing] = [:]
    for line in wanted.lines { standings[line.winner.user] = standing(of: line) }
    for line in correction.clawBacks {
      let account = AccountKey(user: line.user, pointType: line.pointType)
      for part in given.takingBack(Int64(clamping: -line.amount), from: account) {
        legs.append(
          PayoutLeg(
            user: line.user, pointType: line.pointType, amount: part.amount, change: .takeBack(part.id),
            rule: nil, standing: standings[line.user]))
      }
    }
    return legs
  }

  private static func leg(_ line: RewardPlan.Line, amount: Int128) throws(Refusal) -> PayoutLeg {
    guard let amount = Int64(exactly: amount) else {
      throw .tooLarge(line.winner.user, line.prize.reward.pointType)
    }
    return PayoutLeg(
      user: line.winner.user, pointType: line.prize.reward.pointType, amount: amount, change: .give,
      rule: line.prize.rule, standing: standing(of: line))
  }

  private static func standing(of line: RewardPlan.Line) -> PayoutLeg.Standing {
    PayoutLeg.Standing(
      place: Int32(clamping: line.winner.place), rank: Int32(clamping: line.winner.rank))
  }

  private static func sums(of legs: [PayoutLeg], _ terms: RewardTerms) -> [PayoutSum] {
    var (given, taken) = (RewardSums(), RewardSums())
    for leg in legs {
      if leg.change == .give {
        given.add(Int128(leg.amount), of: leg.pointType)
      } else {
        taken.add(Int128(leg.amount), of: leg.pointType)
      }
    }
    let types = Set(given.amounts.keys).union(taken.amounts.keys).union(terms.budgets.keys)
    return types.sorted().map {
      PayoutSum(pointType: $0, given: given[$0], taken: taken[$0], budget: terms.budgets[$0])
    }
  }
}
