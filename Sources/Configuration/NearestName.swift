// Guessing what a mistyped name was meant to be: the known name with the fewest single-character edits, if
// they are few enough for the guess to help.

/// Nothing when no name is within three edits, or a third of the text's length for short names.
func nearestName(to text: String, among names: [String]) -> String? {
  let bound = min(3, text.count / 3)
  let candidates = names.map { (name: $0, distance: editDistance(from: text, to: $0)) }
  guard let best = candidates.min(by: { $0.distance < $1.distance }), best.distance <= bound else {
    return nil
  }
  return best.name
}

/// Levenshtein's distance, one row of the table at a time: `row[i]` is the distance from the part of `to`
/// read so far to the first i bytes of `from`.
private func editDistance(from: String, to: String) -> Int {
  let from = Array(from.utf8)
  var row = Array(0...from.count)
  for letter in to.utf8 {
    var diagonal = row[0]
    row[0] += 1
    for column in 0..<from.count {
      let replaced = diagonal + (from[column] == letter ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
    }
  }
  return row[from.count]
}
