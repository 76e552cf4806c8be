/// One place in the tree of patterns: the segments that may follow, and the routes that end here.
struct RouteNode: Sendable {
  var literals: [(text: [UInt8], node: Int)] = []
  var parameter: (name: String, node: Int)?
  /// The place of a method's route in the router's list, at
  /// the method's raw value; negative where there is none.
  var routes = InlineArray<8, Int>(repeating: -1)
  /// What is registered here, with HEAD where GET is and OPTIONS everywhere.
  var allowed: AllowedMethods = []
}
