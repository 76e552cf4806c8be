// What rewards may answer instead of what was asked for.
package import HTTPServer

extension ProblemCode {
  package static var rewardRulesOverlap: Self {
    Self("reward_rules_overlap", .conflict, "Two rules would reward the same ranks.")
  }
  package static var tooManyRewardRules: Self {
    Self("too_many_reward_rules", .conflict, "There are as many reward rules as there may be.")
  }
  package static var typeRewarded: Self {
    Self("type_rewarded", .conflict, "Rewards name the point type.")
  }

  /// Every code of rewards, for the documentation and its test.
  package static var ofRewards: [ProblemCode] { [rewardRulesOverlap, tooManyRewardRules, typeRewarded] }
}
