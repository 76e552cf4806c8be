// The short way of what was committed a moment ago: whoever committed it knows what the mirror holds, and so
// what has to leave the boards and what enters them. A script that finds it so has nothing to work out, which
// is half of what showing an account costs. Where anything is otherwise, the general one goes.
import BoardScripts
import EventLoop
package import Ledger
import RedisClient

extension BoardStore {
  /// Sends accounts that a batch changed to their mirrors, in the order of their keys, each once, and tells
  /// for each point type what became of it.
  package func send(
    changed accounts: [ChangedAccount], timeout: Duration
  ) async -> [PointTypeID: SendOutcome] {
    let begin = redis.loop.clock.now
    guard let advance = advance(accounts) else {
      return await send(accounts.map(\.account), timeout: timeout)
    }
    let reply = await redis.call([advance.call], timeout: timeout)[0]
    do throws(MirrorUnavailable) {
      switch reply {
      case .value(.integer(1)): return [advance.pointType: .applied]
      case .value(.integer(0)): break
      case _:
        _ = try reply.parts()
        throw .damaged
      }
    } catch {
      return [advance.pointType: .unavailable(error)]
    }
    let left = timeout - .nanoseconds(redis.loop.clock.now.nanoseconds(since: begin))
    // What Redis hardly has the time for would only cost it work, and count as its failure.
    guard left * 8 >= timeout else { return [advance.pointType: .unavailable(.redis(.timedOut))] }
    return await send(accounts.map(\.account), timeout: left)
  }

  /// Nil where it is not for the short way: accounts of several types, or of which somebody else knows more;
  /// places on defined boards; an epoch that is being built, or none.
  private func advance(_ accounts: [ChangedAccount]) -> (call: RedisScriptCall, pointType: PointTypeID)? {
    guard let pointType = accounts.first?.account.account.key.pointType, accounts.count <= Self.callMax,
      incarnation != nil, let epochs = knownEpochs(of: pointType), epochs.building == nil,
      let live = epochs.live
    else { return nil }
    var advance = MirrorAdvance(of: pointType)
    for account in accounts {
      guard advance.add(account) else { return nil }
    }
    let call = RedisScriptCall(
      BoardScripts.advanceAccounts, keys: [MirrorKeys.epochs(of: pointType, in: layout)] + live.all,
      arguments: advance.arguments(identity, live.epochText))
    return (call, pointType)
  }
}
