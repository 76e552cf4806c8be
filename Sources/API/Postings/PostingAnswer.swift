// A posting that was made, as its caller is told.
import HTTPServer
import JSON
import Ledger
import LedgerStore

struct PostingAnswer {
  let receipt: Receipt
  let types: PointTypeCatalog

  /// For routes that make one transaction; a reversal tells what is left of the original.
  var single: HTTPResponse {
    var json = JSONWriter(reservingCapacity: 1024)
    json.object {
      if let transaction = receipt.transactions.first {
        $0.key("transaction")
        $0.transaction(transaction, types)
        $0.key("balance")
        $0.balance(after: transaction, types)
      }
      writeRest(to: &$0)
    }
    return response(json.finish())
  }

  /// For routes that make any number.
  var whole: HTTPResponse {
    var json = JSONWriter(reservingCapacity: 256 + 1024 * receipt.transactions.count)
    json.object { write(to: &$0) }
    return response(json.finish())
  }

  /// The members of the answer about a posting of any number of legs.
  func write(to json: inout JSONWriter) {
    json.objectField("posting") {
      $0.field("id", receipt.posting)
      $0.field("createdAt", orNull: receipt.transactions.last?.createdAt)
      $0.arrayField("transactions") {
        for transaction in receipt.transactions { $0.transaction(transaction, types) }
      }
    }
    json.arrayField("balances") {
      for transaction in lastOfEachAccount { $0.balance(after: transaction, types) }
    }
    writeRest(to: &json)
  }

  private func writeRest(to json: inout JSONWriter) {
    if let remaining = receipt.remaining { json.field("remaining", remaining) }
    json.field("projected", receipt.isProjected)
  }

  private func response(_ bytes: [UInt8]) -> HTTPResponse {
    var response = HTTPResponse.json(bytes, status: .created)
    if receipt.isReplay { response.fields.append(.replayed) }
    return response
  }

  /// The last state of each account, in the order in which the accounts first occur.
  private var lastOfEachAccount: [Transaction] {
    guard receipt.transactions.count > 1 else { return receipt.transactions }
    var places: [AccountKey: Int] = [:]
    var last: [Transaction] = []
    for transaction in receipt.transactions {
      if let place = places[transaction.account] {
        last[place] = transaction
      } else {
        places[transaction.account] = last.count
        last.append(transaction)
      }
    }
    return last
  }
}
