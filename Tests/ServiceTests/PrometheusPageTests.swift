// The reader of pages is itself tried on pages that it must refuse.
import Testing

struct PrometheusPageTests {
  private static let good = """
    # HELP a_total Things that were done.
    # TYPE a_total counter
    a_total{b="c"} 1
    a_total{b="d"} 2.5
    # HELP h How long.
    # TYPE h histogram
    h_bucket{le="0.5"} 1
    h_bucket{le="+Inf"} 3
    h_sum 4
    h_count 3

    """

  @Test func `a good page is read`() throws {
    let page = try PrometheusPage(Self.good)
    #expect(page.sum("a_total") == 3.5)
    #expect(page.sum("a_total", ["b": "c"]) == 1)
  }

  @Test(arguments: [
    (#"b="d""#, #"b="c""#), (#"b="c""#, #"b="c",b="c""#), (#"b="c""#, #"b="c","#), (#"b="c""#, "b=c"),
    ("2.5", "-1"), ("2.5", "many"), ("} 1\na", "}  1\na"), ("counter", "gauge"), ("counter", "count"),
    ("# HELP h How long.\n", ""), ("# TYPE h histogram\n", ""), ("h_count 3", "h_count 4"),
    (#"le="0.5"} 1"#, #"le="0.5"} 4"#), ("h_sum 4\n", ""), ("+Inf", "0.4"), ("h_sum", "other_sum"),
    ("\nh_count 3\n", "\nh_count 3"), ("h_sum 4\n", "h_sum 4\n\n"),
  ])
  func `a page with a mistake is refused`(right: String, wrong: String) throws {
    try #require(Self.good.contains(right))
    #expect(throws: PageError.self) { try PrometheusPage(Self.good.replacing(right, with: wrong)) }
  }
}
