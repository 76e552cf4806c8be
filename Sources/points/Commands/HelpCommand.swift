// points help.

enum HelpCommand {
  @discardableResult
  static func run() -> ExitStatus {
    Terminal.say(
      """
      points: a ledger of points and its live leaderboards

      usage: points COMMAND [FLAGS]

        dev             run everything here: a private Postgres and Redis, and the service on them
        serve           run the service against your Postgres and Redis; --help lists the settings
        migrate         bring the database to the schema of this version
        keys            create, list, revoke and rotate the API keys of services
        jobs            list what the service does by itself, or have it done now
        boards          see to it that there are the boards that a file lists
        rebuild         build balances and boards in Redis anew from the ledger
        import          bring balances from elsewhere, as comma-separated values
        seed            fill a ledger with a made-up world of many users
        verify          hold the ledger against itself, and Redis against the ledger
        report-key      make a key to sign reports of payouts with
        verify-report   check the signature of a report of a payout
        health          ask a running service whether it is ready; exit status 0 says yes
        configuration   list every setting; --markdown prints docs/configuration.md
        bench           measure the service beside nginx; --help lists the flags
        load            send load to a running service, at a steady rate or as fast as it answers
        version         print the version
      """)
    return .success
  }
}
